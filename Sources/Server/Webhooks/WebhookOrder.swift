import GitHosts
import Model

/// A webhook that is to be registered at its git host.
public struct WebhookOrder: Sendable {
    /// Where the repository is fetched from.
    public var repository: String
    /// By whose rules.
    public var host: GitHost
    /// The way to its API; without a credential, that of ``token``.
    public var way: HostWay
    /// The token that was given for this once; nil for the way's credential.
    public var token: Secret?
    /// What the host is to know.
    public var hook: HookSettings
    /// By what those that it has of this repo already are known.
    public var traces: [HookTrace] = []
}
