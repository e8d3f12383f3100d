/// How one deployment goes, as a git host keeps it.
public struct HostDeployment: Hashable, Sendable, Codable {
    /// How it goes.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// It waits for a runner.
        case queued
        /// It goes on.
        case inProgress = "in_progress"
        /// It runs.
        case success
        /// It could not be done.
        case failure
        /// It cannot be done as things are, or something newer came.
        case error
        /// It was destroyed.
        case inactive
    }

    /// The commit that is deployed.
    public var commit: CommitID
    /// The package and its environment, such as `api@production`.
    public var environment: String
    /// How it goes.
    public var state: State
    /// One line for people.
    public var description: String
    /// Where the status page shows it: what stands behind the page's `#`.
    public var anchor: String

    /// Makes a value; the description is made one line and cut to what hosts take.
    public init(
        commit: CommitID, environment: String, state: State, description: String, anchor: String
    ) {
        self.commit = commit
        self.environment = environment
        self.state = state
        self.description = CommitStatus.line(description)
        self.anchor = anchor
    }
}
