import Model

/// Prints the log of a Run.
struct RunLogOutput: Sendable {
    /// With --json, the log as one value.
    private struct Whole: Encodable {
        let run: RunID
        let log: String
    }

    let client: APIClient
    let run: RunID
    let isFollowing: Bool
    let isJSON: Bool

    /// Prints pieces as they come; as JSON, all of it at the end.
    func print(_ output: OutputOptions) async throws {
        let stream = try await client.open("/api/v1/runs/\(run)/log", ["follow": isFollowing ? "true" : nil])
        var whole: [UInt8] = []
        for try await piece in stream.body {
            if isJSON { whole += piece } else { Terminal.standardOutput.write(bytes: piece) }
        }
        if isJSON { try output.printJSON(Whole(run: run, log: String(decoding: whole, as: UTF8.self))) }
    }
}
