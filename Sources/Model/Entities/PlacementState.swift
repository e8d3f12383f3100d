/// The summary of a package in an environment.
public enum PlacementState: String, Sendable, Codable, CaseIterable {
    /// What is deployed is what should be.
    case synced
    /// Something is being built, decided, deployed or destroyed, or will be tried again.
    case progressing
    /// The policy said later, or the Target is not valid yet; the reason is its message.
    case waiting
    /// The deployment lacks an input; the reason names it.
    case blocked
    /// A build, a policy or a deployment failed, or the package file has an error; the reason says why.
    case failed
    /// Kept from something newer by a hold or a pin.
    case held
    /// Nothing is deployed and nothing should be.
    case absent
}
