/// How a commit fares in one respect, as git hosts show it beside the commit.
public struct CommitStatus: Hashable, Sendable, Codable {
    /// The most that a description may have on every host, in characters.
    public static let descriptionMax = 140

    /// How it fares; each host has words of its own for them.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// It is to come.
        case pending
        /// It goes on.
        case running
        /// Done.
        case success
        /// Done and not well.
        case failure
        /// It cannot be done as things are.
        case error
        /// It will not be done: something newer came.
        case canceled
    }

    /// The commit.
    public var commit: CommitID
    /// What it is about, the same for every commit: `ocuroot/api`, `ocuroot/api@production`.
    public var context: String
    /// How it fares.
    public var state: State
    /// One line for people, at most ``descriptionMax`` characters, without times.
    public var description: String
    /// Where the status page shows it: what stands behind the page's `#`.
    public var anchor: String

    /// Makes a value; the description is made one line and cut to its bound.
    public init(commit: CommitID, context: String, state: State, description: String, anchor: String) {
        self.commit = commit
        self.context = context
        self.state = state
        self.description = Self.line(description)
        self.anchor = anchor
    }

    /// A text as one line of at most ``descriptionMax`` characters.
    static func line(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.count <= descriptionMax ? words : words.prefix(descriptionMax - 1) + "…"
    }
}
