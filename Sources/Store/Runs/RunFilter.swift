import Model

/// Chooses Runs; a part that is nil chooses all.
public struct RunFilter: Sendable {
    /// This Run only.
    public var run: RunID?
    /// Runs of Builds of this Change, deployments of those Builds included.
    public var change: ChangeID?
    /// A package's name.
    public var package: String?
    /// An environment's name; leaves out builds.
    public var environment: String?
    /// Runs of this Build, deployments included.
    public var build: BuildID?
    /// How far the Runs have come.
    public var state: Run.State?
    /// At most so many, newest first; bounded to 1 … 1,000.
    public var limit: Int

    /// Makes a filter; without arguments it chooses the newest 100.
    public init(
        run: RunID? = nil, change: ChangeID? = nil, package: String? = nil, environment: String? = nil,
        build: BuildID? = nil,
        state: Run.State? = nil, limit: Int = 100
    ) {
        self.run = run
        self.change = change
        self.package = package
        self.environment = environment
        self.build = build
        self.state = state
        self.limit = limit
    }
}
