import Cryptography
import Server

/// What a control plane is told by the command that starts it.
struct ControlPlaneSettings: Sendable {
    /// Holds mirrors and worktrees.
    var directory: DataDirectory
    /// Where to listen, the API key, and the bounds.
    var server: WebServer.Configuration
    /// The master keys, if the server has any.
    var keys: KeyRing?
    /// The certificate authorities that https hosts are trusted by; nil for the system's.
    var authoritiesFile: String?
    /// Repos to watch if they are not yet.
    var repos: [String]
    /// The pause between two looks at a repo.
    var pollInterval: Duration
    /// How many Runs run at once on this machine.
    var runners: Int
    /// What the scripts of Runs inherit.
    var runnerVariables: [String: String]
    /// What policies may read with `env.get`.
    var policyVariables: [String: String]
    /// How long begun work may take to end at shutdown.
    var drain: Duration
    /// Whether no other process uses the database, so that leases found at the start are nobody's.
    var ownsDatabase: Bool
    /// Called once connections are accepted, with the port.
    var onReady: @Sendable (_ port: Int) async -> Void
}
