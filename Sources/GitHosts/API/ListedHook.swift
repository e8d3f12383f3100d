import Model

/// A webhook as a git host lists it.
public struct ListedHook: Sendable, Hashable {
    /// What the host calls it.
    public let id: String
    /// Where it delivers.
    public let url: String

    /// The address as it may be shown: others may have written a password into it, or what would steer a terminal.
    public var shown: String { PlainText.line(RepoURL.withoutPassword(url)) }

    /// Makes a value from its parts.
    public init(id: String, url: String) {
        self.id = id
        self.url = url
    }
}
