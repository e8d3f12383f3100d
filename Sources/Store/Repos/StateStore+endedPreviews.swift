import Model
import Postgres

extension StateStore {
    /// Clears away previews that ended longer ago than a span, the oldest first.
    ///
    /// With them goes what was built and deployed of them, and the environments that nobody else has taken since; their
    /// events stay.
    ///
    /// One of which anything is deployed, under way or was so within the span is left alone. Each goes in a transaction
    /// of its own, and one that cannot go keeps no other.
    ///
    /// - Parameter limit: how many at most; call again when so many were.
    /// - Returns: how many were.
    public func clearEndedPreviews(olderThan age: Duration, limit: Int) async throws(StoreError) -> Int {
        let previews: [RepoID] = try await database.query(
            "clearEndedPreviews",
            """
            SELECT v.id FROM repo v WHERE \(Self.isOver(age)) ORDER BY v.removed_at, v.id LIMIT \(max(0, limit))
            """
        ).values()
        var count = 0
        var failure: StoreError?
        for preview in previews {
            do throws(StoreError) {
                let isCleared = try await transaction(as: "maintenance") { tx throws(StoreError) in
                    try await tx.clearPreview(preview, olderThan: age)
                }
                if isCleared { count += 1 }
            } catch {
                guard error.code != .cancelled else { throw error }
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        return count
    }

    /// Whether `repo AS v` is a preview that ended longer ago than a span, and of which nothing ran since.
    ///
    /// An environment that another preview has taken over is that one's; what ran in one of this preview's own must be
    /// cleared away first.
    static func isOver(_ age: Duration) -> SQL {
        """
        v.parent_id IS NOT NULL AND v.removed_at < clock_timestamp() - \(age)
        AND NOT EXISTS (
            SELECT FROM package k JOIN placement p ON p.package_id = k.id LEFT JOIN target t ON t.id = p.target_id
            WHERE k.repo_id = v.id AND (
                p.deployed_id IS NOT NULL OR t.is_running OR p.observed_generation < p.generation
                OR p.condition_kind IN ('acting', 'retrying', 'delayed', 'blocked')
                OR EXISTS (
                    SELECT FROM deployment d WHERE d.placement_id = p.id
                        AND (d.finished_at IS NULL OR d.finished_at >= clock_timestamp() - \(age))
                )
            )
        )
        AND NOT EXISTS (
            SELECT FROM package k JOIN build b ON b.package_id = k.id
            WHERE k.repo_id = v.id AND b.state IN ('pending', 'running')
        )
        AND NOT EXISTS (SELECT FROM run u WHERE u.repo_id = v.id AND u.state IN ('queued', 'running'))
        AND NOT EXISTS (
            SELECT FROM environment e WHERE e.repo_id = v.id AND (e.removed_at IS NULL OR EXISTS (
                SELECT FROM placement p JOIN package k ON k.id = p.package_id
                WHERE p.environment_id = e.id AND k.repo_id <> v.id
            ))
        )
        """
    }
}
