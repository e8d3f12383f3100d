import Foundation

/// All that Sync looks at before it acts on one placement.
public struct SyncFacts: Sendable {
    /// The placement's current Target; nil when nothing was decided yet.
    public var target: Target?
    /// The last deployment that succeeded, when it was a deploy: what runs here now.
    public var deployed: Deployment?
    /// The attempt that is pending or running.
    public var active: Deployment?
    /// The attempts at the current generation that failed since the last retry by a person, and the last one's end.
    public var failures: Failures
    /// The inputs as they resolve now; nil when the Target takes none that can be missing.
    public var inputs: InputResolution
    /// The cycle of dependencies that this placement is part of; nil when there is none.
    public var cycle: [PlacementAddress]?
    /// Who still runs something under the same names; nil when nobody does.
    public var namesake: Namesake?
    /// The database's time.
    public var now: Date
    /// Whether an attempt failed after what is deployed now had succeeded, so that nobody knows what really runs.
    public var isDisturbed: Bool
    /// What the hold on the placement says; nil when there is none.
    public var hold: String?
    /// The Build that the placement is pinned to, which goes before a hold.
    public var pinned: BuildID?

    /// Since when ``RepeatLimit/countMax`` attempts with the Build at hand have succeeded, if that was within
    /// ``RepeatLimit/windowSeconds``; nil for fewer.
    public var repeatedSince: Date?

    /// Makes a value from its parts.
    public init(
        target: Target?, deployed: Deployment?, active: Deployment?, failures: Failures, inputs: InputResolution,
        cycle: [PlacementAddress]?, namesake: Namesake? = nil, now: Date, isDisturbed: Bool = false,
        repeatedSince: Date? = nil, hold: String? = nil, pinned: BuildID? = nil
    ) {
        self.target = target
        self.deployed = deployed
        self.active = active
        self.failures = failures
        self.inputs = inputs
        self.cycle = cycle
        self.namesake = namesake
        self.now = now
        self.isDisturbed = isDisturbed
        self.repeatedSince = repeatedSince
        self.hold = hold
        self.pinned = pinned
    }

    /// The failed attempts at the current generation.
    public struct Failures: Hashable, Sendable {
        /// How many failed since a person last asked for a retry.
        public var count: Int
        /// The number of the last attempt at this generation, 0 for none.
        public var lastAttempt: Int
        /// When the last one ended.
        public var lastAt: Date?
        /// What the last one said.
        public var lastError: String?

        /// Makes a value from its parts.
        public init(count: Int, lastAttempt: Int, lastAt: Date?, lastError: String?) {
            self.count = count
            self.lastAttempt = lastAttempt
            self.lastAt = lastAt
            self.lastError = lastError
        }

        /// No attempt failed.
        public static let none = Failures(count: 0, lastAttempt: 0, lastAt: nil, lastError: nil)
    }
}
