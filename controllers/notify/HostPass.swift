import Model

/// A token for a git host, and what becomes of it when the host does not take it.
public struct HostPass: Sendable {
    /// The token.
    public let token: Secret
    /// Forgets the token, so that the next attempt gets another; nil for one that there is only once.
    public let renew: (@Sendable () -> Void)?

    /// Makes a value from its parts.
    public init(_ token: Secret, renew: (@Sendable () -> Void)? = nil) {
        self.token = token
        self.renew = renew
    }
}
