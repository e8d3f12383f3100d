import Model
import Server
import Store

/// Waits until nothing is left to do: what `--wait` means.
struct Settling: Sendable {
    /// The server holds its answer back for at most this long; then it is asked again.
    private static let roundMax = Duration.seconds(30)

    let client: APIClient
    let filter: StatusFilter
    let patience: Patience

    /// Has the refs looked at first, so that commits made just before count, then waits.
    ///
    /// - Returns: the last answer; it is not settled when the time was up.
    /// - Throws: what ``Patience/run(_:)`` throws.
    func run(refreshing: Bool) async throws -> Settlement {
        if refreshing {
            let request = RefreshRequest(repo: filter.repo)
            _ = try await patience.run {
                try await client.post(
                    "/api/v1/refresh?wait=\(Self.seconds(min(Self.roundMax, patience.left)))", request,
                    limit: patience.callLimit, as: RefreshReply.self)
            }
        }
        while true {
            let settlement: Settlement = try await patience.run {
                var query = filter.query
                query["wait"] = Self.seconds(min(Self.roundMax, patience.left))
                return try await client.get("/api/v1/settlement", query, limit: patience.callLimit)
            }
            if settlement.isSettled || patience.left <= .zero { return settlement }
        }
    }

    private static func seconds(_ span: Duration) -> String {
        "\(Double(span.components.seconds) + Double(span.components.attoseconds) / 1e18)"
    }
}

extension PlacementFilter {
    /// The query parameters that choose the same.
    var query: [String: String?] {
        ["repo": repo, "package": package, "environment": environment]
    }
}
