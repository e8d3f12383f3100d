import Model

/// What a git host is to know of a webhook of ours.
public struct HookSettings: Sendable, Hashable {
    /// Where it delivers.
    public var url: String
    /// What it signs with.
    public var secret: Secret

    /// Makes a value from its parts.
    public init(url: String, secret: Secret) {
        self.url = url
        self.secret = secret
    }
}
