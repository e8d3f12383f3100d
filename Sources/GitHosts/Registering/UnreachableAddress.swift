import Model

/// Why a git host cannot deliver to a webhook: its address is of the server's own machine, and the host is another.
public struct UnreachableAddress: Sendable, Equatable {
    /// What is wrong, a sentence without a full stop.
    public let detail: String
    /// What to do about it.
    public let hint = "start the server with --public-url URL, where git hosts reach it"

    /// The lines that tell a person.
    public var note: [String] { ["note: \(detail)", "\(hint); until then pushes are found by polling"] }

    /// Nil when the host may reach it.
    ///
    /// - Parameters:
    ///   - address: the webhook's.
    ///   - host: what kind of host delivers.
    ///   - place: where the host is, by the URL of its API or of the repository; files of this machine are no other's.
    public init?(_ address: String, of host: GitHost, at place: String) {
        guard let own = RemotePlace(address), own.isLoopback, let place = RemotePlace(place), !place.isLoopback else {
            return nil
        }
        detail =
            "\(host == .generic ? place.host : host.rawValue) cannot deliver to \(own.origin): no other machine "
            + "reaches that"
    }
}
