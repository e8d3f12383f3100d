import Model

/// A webhook as a git host lists it.
public struct ListedHook: Sendable, Hashable {
    /// What the host calls it.
    public let id: String
    /// Where it delivers.
    public let url: String

    /// More of an address is not shown.
    private static let shownLettersMax = 500

    /// The address as it may be shown: others may have written a password into it, or what would steer a terminal, or a
    /// book.
    public var shown: String {
        let whole = PlainText.line(RepoURL.withoutPassword(url)).unicodeScalars
        let start = String(whole.prefix(Self.shownLettersMax))
        return whole.count > Self.shownLettersMax ? start + "…" : start
    }

    /// Makes a value from its parts.
    public init(id: String, url: String) {
        self.id = id
        self.url = url
    }
}
