import Foundation
import Model
import Postgres

extension StoreTransaction {
    /// Records a Change and has it delivered; nil, and nothing written, when the ref is no longer at `expected`.
    ///
    /// A newer Change takes the place of those of its ref that were not delivered yet. One with a patch does not move
    /// the ref, takes no other's place, and no other takes its; once it has failed, any newer Change of the repo ends it.
    ///
    /// The trailers of its commits that steer are applied here, as far as what they name exists; the rest waits for the
    /// delivery. One whose tip says `Ocuroot-Skip` is not delivered and takes no other's place. The first Change of a
    /// repo is not steered: its trailers were written before anybody watched.
    @discardableResult
    public func recordChange(_ change: NewChange) async throws(StoreError) -> ChangeID? {
        guard let (sequence, previous) = try await moveTip(change) else { return nil }
        let isFirst = try await isFirstChange(of: change.repo)
        let skip = isFirst ? nil : change.skipReason
        if skip == nil { try await supersede(before: change) }
        let patch = change.patch
        let state = skip == nil ? Change.State.recorded : .skipped
        let id: ChangeID = try await database.query(
            "recordChange",
            """
            INSERT INTO change (
                repo_id, ref, sequence, commit, previous_commit, patch_hash, patch_description, message, author,
                is_forced, state
            ) VALUES (
                \(change.repo), \(change.ref), \(sequence), \(change.commit), \(previous), \(patch?.hash),
                \(patch?.description.storable()), \(change.message.storable()), \(change.author.storable()),
                \(change.isForced), \(state)
            ) RETURNING id
            """
        ).single("recordChange").value("id")
        if !change.commits.isEmpty { try await insert(change.commits, of: id) }
        if skip == nil { enqueue(.deliver, [change.repo]) }
        record(
            NewEvent(
                "change.recorded",
                "\(change.ref) is at \(change.commit.short)\(patch == nil ? "" : " with a patch"): "
                    + Self.subject(change.message),
                repo: change.repo, change: id,
                data: [
                    "ref": .string(change.ref.rawValue), "commit": .string(change.commit.hex),
                    "author": .string(change.author.storable()), "isForced": .bool(change.isForced),
                    "hasPatch": .bool(patch != nil),
                ]))
        if let skip { recordSkip(of: change, id, skip) }
        try await receive(SteeringTrailer.all(in: change.commits), of: id, in: change.repo, isFirst: isFirst)
        return id
    }

    private func recordSkip(of change: NewChange, _ id: ChangeID, _ reason: String) {
        record(
            NewEvent(
                "change.skipped",
                "\(change.commit.short) is not delivered: its Ocuroot-Skip says so"
                    + (reason.isEmpty ? "" : ": \(reason)"),
                repo: change.repo, change: id, by: change.author.storable(),
                data: ["commit": .string(change.commit.hex), "author": .string(change.author.storable())]))
    }

    /// Whether the repo, or the one that it is a preview of, has no Change, or only such as this very transaction
    /// recorded for other refs.
    private func isFirstChange(of repo: RepoID) async throws(StoreError) -> Bool {
        try await database.query(
            "recordChange",
            """
            SELECT NOT EXISTS (
                SELECT FROM repo r JOIN change c ON c.repo_id IN (r.id, r.parent_id)
                WHERE r.id = \(repo) AND c.created_at < now()
            ) AS is_first
            """
        ).single("recordChange").value("is_first")
    }

    /// Records that a Change cannot be delivered as things are, and shows why at its repo.
    public func failChange(_ id: ChangeID, error: String) async throws(StoreError) {
        let error = error.storable()
        let rows = try await database.query(
            "failChange",
            """
            WITH old AS (
                SELECT id, repo_id, error FROM change
                WHERE id = \(id) AND state IN ('recorded', 'failed') FOR NO KEY UPDATE
            ), failed AS (
                UPDATE change c SET state = 'failed', error = \(error) FROM old WHERE c.id = old.id
            )
            UPDATE repo r SET error = \(error), error_at = now() FROM old
            WHERE r.id = old.repo_id RETURNING r.id, old.error AS before
            """)
        guard let row = rows.first else { return }
        let before: String? = try row.value("before")
        if before != error { record(NewEvent("change.failed", error, repo: try row.value("id"), change: id)) }
    }

    /// Moves the ref and counts the Change; nil when the ref is elsewhere, or the repo is not watched.
    private func moveTip(_ change: NewChange) async throws(StoreError) -> (sequence: Int64, previous: CommitID?)? {
        try await database.execute(
            "recordChange",
            """
            INSERT INTO ref_tip (repo_id, ref)
            SELECT id, \(change.ref) FROM repo WHERE id = \(change.repo) AND removed_at IS NULL
            ON CONFLICT DO NOTHING
            """)
        let isPatched = change.patch != nil
        let rows = try await database.query(
            "recordChange",
            """
            WITH old AS (
                SELECT t.repo_id, t.ref, t.commit FROM ref_tip t JOIN repo r ON r.id = t.repo_id
                WHERE t.repo_id = \(change.repo) AND t.ref = \(change.ref) AND r.removed_at IS NULL
                    AND (\(isPatched) OR t.commit IS NOT DISTINCT FROM \(change.expected))
                FOR NO KEY UPDATE OF t
            )
            UPDATE ref_tip t SET sequence = t.sequence + 1,
                commit = CASE WHEN \(isPatched) THEN t.commit ELSE \(change.commit) END
            FROM old WHERE t.repo_id = old.repo_id AND t.ref = old.ref
            RETURNING t.sequence, old.commit AS previous
            """)
        guard let row = rows.first else { return nil }
        return (try row.value("sequence"), try row.value("previous"))
    }

    private func supersede(before change: NewChange) async throws(StoreError) {
        let rows = try await database.query(
            "recordChange",
            """
            UPDATE change SET state = 'superseded'
            WHERE repo_id = \(change.repo) AND state IN ('recorded', 'failed')
                AND CASE WHEN patch_hash IS NULL THEN ref = \(change.ref) AND \(change.patch == nil)
                    ELSE state = 'failed' END
            RETURNING id, ref
            """)
        for row in rows {
            let ref: RefName = try row.value("ref")
            record(
                NewEvent(
                    "change.superseded", "\(ref) moved on before it was delivered", repo: change.repo,
                    change: try row.value("id")))
        }
    }

    private func insert(_ commits: [ChangeCommit], of change: ChangeID) async throws(StoreError) {
        let trailers = commits.map { commit in
            (try? JSONEncoder().encode(commit.trailers)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
        }
        try await database.execute(
            "recordChange",
            """
            INSERT INTO change_commit (change_id, position, commit, author, committed_at, message, trailers)
            SELECT \(change), c.position, c.commit, c.author, c.committed_at, c.message, c.trailers::jsonb
            FROM unnest(
                \(commits.map(\.commit)), \(commits.map { $0.author.storable() }),
                \(commits.map(\.committedAt)), \(commits.map { $0.message.storable() }), \(trailers)
            ) WITH ORDINALITY AS c (commit, author, committed_at, message, trailers, position)
            """)
    }

    private static func subject(_ message: String) -> String {
        String((message.split(separator: "\n", maxSplits: 1).first ?? "").prefix(120)).storable()
    }
}
