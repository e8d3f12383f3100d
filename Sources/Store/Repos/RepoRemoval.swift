/// What becomes of deployments when their repo is no longer watched.
public enum RepoRemoval: String, Sendable, Codable, CaseIterable {
    /// The removal is refused while anything is deployed.
    case refuse
    /// What is deployed is destroyed.
    case destroy
    /// What is deployed, or just being deployed, stays as it is, and is forgotten.
    case orphan
}
