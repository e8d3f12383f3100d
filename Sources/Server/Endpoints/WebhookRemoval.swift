import GitHosts
import Model

/// A webhook that is to be taken away at its git host.
public struct WebhookRemoval: Sendable {
    /// Where the repository is fetched from.
    public var repository: String
    /// By whose rules.
    public var host: GitHost
    /// The way to its API; without a credential, that of ``token``.
    public var way: HostWay
    /// The token that was given for this once; nil for the way's credential.
    public var token: Secret?
    /// By what it is known at the host.
    public var traces: [HookTrace]
}
