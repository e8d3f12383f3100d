/// One `Token: value` line at the end of a commit message, as `git interpret-trailers` reads it.
public struct Trailer: Hashable, Sendable, Codable {
    /// What stands before the colon, as written.
    public let token: String
    /// What stands behind it, folded lines joined.
    public let value: String

    /// Makes a value from its parts.
    public init(token: String, value: String) {
        self.token = token
        self.value = value
    }
}
