import Model

/// A token for a git host, and what becomes of it when the host does not take it.
public struct HostPass: Sendable {
    /// The token.
    public let token: Secret
    /// The URL of the proxy through which the host is reached; nil for none.
    public let proxy: Secret?
    /// Forgets the token, so that the next attempt gets another; nil for one that there is only once.
    public let renew: (@Sendable () -> Void)?

    /// Makes a value from its parts.
    public init(_ token: Secret, proxy: Secret? = nil, renew: (@Sendable () -> Void)? = nil) {
        self.token = token
        self.proxy = proxy
        self.renew = renew
    }
}
