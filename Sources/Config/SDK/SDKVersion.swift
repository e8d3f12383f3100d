/// The published versions of the SDK; all of them are built in.
enum SDKVersion: String, Sendable, CaseIterable {
    /// The current one.
    case v0
    /// The one before, which has forms and sees deployments from a policy.
    case v01Alpha = "v0.1-alpha"
}
