import Foundation

/// What `ocuroot status --json` prints: every package in every environment.
///
/// Documented in docs/cli.md.
public struct StatusReport: Sendable, Codable, Equatable {
    /// When the report was made.
    public var at: Date
    /// One element per package and environment, sorted by repo, package, environment.
    public var packages: [Element]

    /// Makes a value from its parts.
    public init(at: Date, packages: [Element]) {
        self.at = at
        self.packages = packages
    }

    /// One package in one environment.
    public struct Element: Sendable, Codable, Equatable {
        /// The repo's name.
        public var repo: RepoName
        /// The package's name.
        public var package: PackageName
        /// The environment's name.
        public var environment: EnvironmentName
        /// The summary.
        public var state: PlacementState
        /// Why it is in this state; empty when there is nothing to say.
        public var reason: String
        /// What it should run; nil when nothing should.
        public var target: Aim?
        /// What it runs; nil when nothing does.
        public var deployed: Running?
        /// What it is pinned to; nil when the policy chooses.
        public var pin: Pin?
        /// What keeps it as it is; nil when nothing does.
        public var hold: Hold?

        /// Makes a value from its parts.
        public init(
            repo: RepoName, package: PackageName, environment: EnvironmentName, state: PlacementState, reason: String,
            target: Aim?, deployed: Running?, pin: Pin? = nil, hold: Hold? = nil
        ) {
            self.repo = repo
            self.package = package
            self.environment = environment
            self.state = state
            self.reason = reason
            self.target = target
            self.deployed = deployed
            self.pin = pin
            self.hold = hold
        }

        /// Writes `target`, `deployed`, `pin` and `hold` as null where they are nil.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(repo, forKey: .repo)
            try container.encode(package, forKey: .package)
            try container.encode(environment, forKey: .environment)
            try container.encode(state, forKey: .state)
            try container.encode(reason, forKey: .reason)
            try container.encode(target, forKey: .target)
            try container.encode(deployed, forKey: .deployed)
            try container.encode(pin, forKey: .pin)
            try container.encode(hold, forKey: .hold)
        }
    }

    /// A Build as the report names it.
    public struct BuildSummary: Sendable, Codable, Equatable {
        /// The Build's id.
        public var id: BuildID
        /// Its number in the package.
        public var sequence: Int64
        /// The name it was given; nil for none.
        public var alias: String?
        /// The commit it was built from.
        public var commit: CommitID

        /// Makes a value from its parts.
        public init(id: BuildID, sequence: Int64, alias: String?, commit: CommitID) {
            self.id = id
            self.sequence = sequence
            self.alias = alias
            self.commit = commit
        }

        /// Writes `alias` as null where it is nil.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(sequence, forKey: .sequence)
            try container.encode(alias, forKey: .alias)
            try container.encode(commit, forKey: .commit)
        }
    }

    /// What a placement should run.
    public struct Aim: Sendable, Codable, Equatable {
        /// The Build.
        public var build: BuildSummary
        /// When it was decided.
        public var since: Date

        /// Makes a value from its parts.
        public init(build: BuildSummary, since: Date) {
            self.build = build
            self.since = since
        }
    }

    /// What a placement runs.
    public struct Running: Sendable, Codable, Equatable {
        /// The Build.
        public var build: BuildSummary
        /// When its deployment succeeded.
        public var since: Date
        /// What the deployment put out.
        public var outputs: JSONObject

        /// Makes a value from its parts.
        public init(build: BuildSummary, since: Date, outputs: JSONObject) {
            self.build = build
            self.since = since
            self.outputs = outputs
        }
    }
}
