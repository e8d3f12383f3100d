/// What became of the webhooks of a repository that were to be taken away at its git host.
public struct RemovedHooks: Sendable, Hashable {
    /// What the host called those that were ours and are gone.
    public let ids: [String]
    /// The addresses of those that are there still and differ from ours in the host alone: they may be another server's.
    public let others: [String]
}
