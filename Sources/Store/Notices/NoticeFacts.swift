import Model

/// An event, and how what it concerns fares by now.
public struct NoticeFacts: Sendable {
    /// How a placement fares with one Build.
    public struct Attempt: Sendable, Equatable {
        /// Deploy or destroy.
        public var kind: Deployment.Kind
        /// How far its newest attempt has come.
        public var state: Deployment.State
        /// Why that failed.
        public var error: String?
        /// The Target that it serves.
        public var generation: Int64

        /// Makes a value from its parts.
        public init(kind: Deployment.Kind, state: Deployment.State, error: String?, generation: Int64) {
            self.kind = kind
            self.state = state
            self.error = error
            self.generation = generation
        }
    }

    /// The event with the names of what it concerns.
    public var event: EventFacts
    /// The repo that it concerns, or whose preview.
    public var repo: RepoID?
    /// How far the Build has come.
    public var buildState: Build.State?
    /// Why the Build failed.
    public var buildError: String?
    /// Whether the Build was made of more than its commit.
    public var isPatched: Bool
    /// The newest attempt to deploy or destroy the Build there; nil before the first.
    public var attempt: Attempt?
    /// Whether the placement should run the Build.
    public var isTarget: Bool
    /// Whether the placement runs the Build, by its newest Target.
    public var isDeployed: Bool
    /// Counts what the placement should run; nil for what concerns no placement.
    public var generation: Int64?
    /// What was last found of the placement.
    public var condition: SyncCondition?

    /// Makes a value from its parts.
    public init(
        event: EventFacts, repo: RepoID?, buildState: Build.State? = nil, buildError: String? = nil,
        isPatched: Bool = false, attempt: Attempt? = nil, isTarget: Bool = false, isDeployed: Bool = false,
        generation: Int64? = nil, condition: SyncCondition? = nil
    ) {
        self.event = event
        self.repo = repo
        self.buildState = buildState
        self.buildError = buildError
        self.isPatched = isPatched
        self.attempt = attempt
        self.isTarget = isTarget
        self.isDeployed = isDeployed
        self.generation = generation
        self.condition = condition
    }
}
