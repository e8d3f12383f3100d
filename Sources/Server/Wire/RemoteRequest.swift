/// The body of what asks about one remote: `POST /api/v1/credentials/test` and `…/host-key`.
public struct RemoteRequest: Sendable, Codable {
    /// Its URL.
    public var url: String

    /// Makes a value from its parts.
    public init(url: String) {
        self.url = url
    }
}
