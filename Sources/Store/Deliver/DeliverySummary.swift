/// What a delivery changed, in numbers.
public struct DeliverySummary: Hashable, Sendable {
    /// False when the Change was superseded, or a newer one was delivered: nothing was written.
    public var isApplied: Bool
    /// Builds that were begun.
    public var builds: Int
    /// Builds of older Changes that were canceled.
    public var canceledBuilds: Int
    /// Packages that are new, or back.
    public var addedPackages: Int
    /// Packages that are gone.
    public var removedPackages: Int
    /// Package files that are in error.
    public var failedFiles: Int

    /// Makes a value from its parts.
    public init(
        isApplied: Bool, builds: Int = 0, canceledBuilds: Int = 0, addedPackages: Int = 0, removedPackages: Int = 0,
        failedFiles: Int = 0
    ) {
        self.isApplied = isApplied
        self.builds = builds
        self.canceledBuilds = canceledBuilds
        self.addedPackages = addedPackages
        self.removedPackages = removedPackages
        self.failedFiles = failedFiles
    }
}
