import Model
import Postgres

/// By what a webhook is known again at its git host.
public struct WebhookTrail: Sendable, Equatable {
    /// Whose it is, or was.
    public let repo: RepoID
    /// By whose rules it delivers.
    public let host: GitHost
    /// The newest addresses that it was given, the last one last.
    public let addresses: [String]
    /// Whether it was never given another one: not so of one that is older than these notes.
    public let hasAllAddresses: Bool
    /// The base of the API at which it was registered last; nil when it was not.
    public let api: String?
    /// What that called it.
    public let id: String?

    /// Earlier ones are forgotten.
    static let addressesMax = 20

    init(row: Row) throws(StoreError) {
        repo = try row.value("repo_id")
        host = try row.value("host")
        addresses = try row.value("addresses")
        hasAllAddresses = try row.value("has_all_addresses")
        api = try row.value("hook_api")
        id = try row.value("hook_id")
    }
}
