import Model

/// All that Promote looks at before it decides for one package.
public struct PromoteFacts: Sendable {
    /// The package.
    public var package: Package
    /// The name of its repo.
    public var repoName: RepoName
    /// The repo whose mirror holds its commits.
    public var mirror: RepoID
    /// Where its repo is fetched from.
    public var repoURL: String
    /// Whether the package, or its repo, is gone: nothing is decided then.
    public var isRemoved: Bool
    /// The succeeded Builds, newest first, none older than the oldest that is targeted; at most 50.
    public var candidates: [Build]
    /// The environments that are not archived, by name.
    public var places: [Place]

    /// One environment, and what was decided for it.
    public struct Place: Sendable {
        /// The placement.
        public var placement: PlacementID
        /// The placement's generation, which `setTarget` replaces.
        public var generation: Int64
        /// The environment.
        public var environment: Environment
        /// What should run there now.
        public var target: Target?
        /// The sequence of the Build that the Target names.
        public var targetSequence: Int64?
        /// The current answers about the candidates.
        public var decisions: [BuildID: RecordedDecision]
        /// What it is pinned to; nil when the policy chooses.
        public var pin: Pin?
        /// Whether it is on hold: no other Target is set, but for a pin.
        public var isHeld: Bool

        /// Makes a value from its parts.
        public init(
            placement: PlacementID, generation: Int64, environment: Environment, target: Target?,
            targetSequence: Int64?, decisions: [BuildID: RecordedDecision], pin: Pin? = nil, isHeld: Bool = false
        ) {
            self.placement = placement
            self.generation = generation
            self.environment = environment
            self.target = target
            self.targetSequence = targetSequence
            self.decisions = decisions
            self.pin = pin
            self.isHeld = isHeld
        }
    }

    /// A pin on a placement.
    public struct Pin: Sendable {
        /// The Build.
        public var build: Build
        /// Who pinned it, and why, in one line.
        public var sentence: String
        /// The inputs that the policy gave this Build here when it last was ready; empty when it never was.
        public var inputs: [String: InputSource]

        /// Makes a value from its parts.
        public init(build: Build, sentence: String, inputs: [String: InputSource]) {
            self.build = build
            self.sentence = sentence
            self.inputs = inputs
        }
    }

    /// Makes a value from its parts.
    public init(
        package: Package, repoName: RepoName, mirror: RepoID, repoURL: String, isRemoved: Bool, candidates: [Build],
        places: [Place]
    ) {
        self.package = package
        self.repoName = repoName
        self.mirror = mirror
        self.repoURL = repoURL
        self.isRemoved = isRemoved
        self.candidates = candidates
        self.places = places
    }
}
