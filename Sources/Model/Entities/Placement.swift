/// A package in an environment: the place that Targets and Deployments belong to.
public struct Placement: Identified, Sendable, Codable {
    /// Placement ids begin with `l`.
    public static let idPrefix = "l"

    /// The row's id.
    public let id: PlacementID
    /// The package.
    public let package: PackageID
    /// The environment.
    public let environment: EnvironmentID
    /// Counts what was wanted here: grows with each Target.
    public let generation: Int64
    /// The generation that Sync has brought about; less than `generation` while there is something to do.
    public let observedGeneration: Int64

    /// Makes a value from its parts.
    public init(
        id: PlacementID, package: PackageID, environment: EnvironmentID, generation: Int64, observedGeneration: Int64
    ) {
        self.id = id
        self.package = package
        self.environment = environment
        self.generation = generation
        self.observedGeneration = observedGeneration
    }
}
