/// The functions that a package may have; each is optional.
public enum PackageFunction: String, Sendable, Codable, CaseIterable {
    /// Makes a Build.
    case build
    /// Decides for one environment; pure.
    case policy
    /// Brings a Build to an environment.
    case deploy
    /// Takes away what deploy brought.
    case destroy
}
