import Postgres

/// What decides how often a repo is looked at.
public struct RepoActivity: Hashable, Sendable {
    /// How long ago a delivered ref last moved; nil for never.
    public let sinceMove: Duration?
    /// How many moves in a row were announced before a look found them.
    public let announcedMoves: Int
    /// Whether a push was announced that no look has answered yet.
    public let isAnnounced: Bool

    /// When a push to `repo AS r` was last announced, over the API or by a webhook.
    static let announcedAt: SQL = """
        greatest(r.announced_at, (
            SELECT y.received_at FROM webhook_delivery y WHERE y.repo_id = r.id AND y.kind = 'push'
            ORDER BY y.id DESC LIMIT 1
        ))
        """
}
