/// What became of one trailer, or one command: a part of what is shown of a Change.
public struct SteeringReport: Hashable, Sendable, Codable {
    /// How far it has come.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// What it names may yet be delivered. Next: applied or refused.
        case waiting
        /// It counts. Final.
        case applied
        /// It was malformed, or names nothing real, and changed nothing. Final.
        case refused
    }

    /// The commit that said it; nil for a command.
    public let commit: CommitID?
    /// Who said it: the commit's author, or who ran the command.
    public let by: String
    /// As it was written: `Ocuroot-Pin: api@production=12`.
    public let trailer: String
    /// How far it has come.
    public let state: State
    /// What it did, what it waits for, or why it did nothing.
    public let message: String

    /// Makes a value from its parts.
    public init(commit: CommitID?, by: String, trailer: String, state: State, message: String) {
        self.commit = commit
        self.by = by
        self.trailer = trailer
        self.state = state
        self.message = message
    }
}
