import Foundation

/// All that the summary of one placement rests on.
public struct PlacementFacts: Sendable {
    /// The error of the package file, when it has one.
    public var packageError: String?
    /// The package's newest Build, whatever its state; nil when there is none.
    public var newestBuild: (sequence: Int64, state: Build.State, error: String?)?
    /// Whether a Change that Deliver has not worked out yet may concern the package.
    public var isDelivering: Bool
    /// The policy's answer about the newest succeeded Build, when that is newer than the Target's.
    public var newestAnswer: PolicyAnswer?
    /// Whether a newer succeeded Build waits for the policy to be asked.
    public var isDeciding: Bool
    /// Whether the placement has a Target, and what Sync makes of it.
    public var condition: SyncCondition
    /// Whether a Build runs here.
    public var isDeployed: Bool
    /// The pin or the hold that keeps it from something newer; nil when nothing does.
    public var keptBy: String?
    /// What a pin waits for whose Build has not succeeded; nil for every other.
    public var awaitedPin: String?

    /// Makes a value from its parts.
    public init(
        packageError: String?, newestBuild: (sequence: Int64, state: Build.State, error: String?)?,
        isDelivering: Bool, newestAnswer: PolicyAnswer?, isDeciding: Bool, condition: SyncCondition, isDeployed: Bool,
        keptBy: String? = nil, awaitedPin: String? = nil
    ) {
        self.packageError = packageError
        self.newestBuild = newestBuild
        self.isDelivering = isDelivering
        self.newestAnswer = newestAnswer
        self.isDeciding = isDeciding
        self.condition = condition
        self.isDeployed = isDeployed
        self.keptBy = keptBy
        self.awaitedPin = awaitedPin
    }
}
