/// A branch that has an environment of its own.
public struct Preview: Hashable, Sendable, Codable {
    /// A preview is a repo of its own, under the one whose branch it is.
    public let id: RepoID
    /// The branch.
    public let ref: RefName
    /// Its environment, where nothing else is deployed.
    public let environment: EnvironmentName
    /// Why the newest push to it cannot be delivered; nil when all is well.
    public let error: String?

    /// Makes a value from its parts.
    public init(id: RepoID, ref: RefName, environment: EnvironmentName, error: String?) {
        self.id = id
        self.ref = ref
        self.environment = environment
        self.error = error
    }
}
