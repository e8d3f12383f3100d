import Model
import Postgres

extension StoreTransaction {
    /// Tells somebody what happens from now on.
    ///
    /// - Throws: ``StoreError/Code/noMasterKey`` when this server has none to seal the credentials with.
    public func addNoticeTarget(_ new: NewNoticeTarget) async throws(StoreError) -> NoticeTargetID {
        let id: NoticeTargetID = try await database.query(
            "addNoticeTarget", "SELECT nextval(pg_get_serial_sequence('notice_target', 'id')) AS id"
        ).single("addNoticeTarget").value("id")
        let sealed = try secrets.seal(new.credentials.text, for: NoticeCredentials.purpose(of: id))
        try await database.execute(
            "addNoticeTarget",
            """
            INSERT INTO notice_target (
                id, kind, repo_id, address, project, credentials, kinds, package_like, environment_like, created_by,
                since_event
            )
            SELECT \(id), \(new.kind), \(new.repo), \(new.address), \(new.project), \(sealed), \(new.on),
                \(new.package), \(new.environment), \(actor), coalesce(max(id), 0)
            FROM event
            """)
        record(
            NewEvent(
                "notification.target_added", "\(new.kind.rawValue) at \(new.address) is told what happens",
                repo: new.repo, data: ["target": .string(id.description)]))
        return id
    }

    /// Tells a target nothing more; what waits for it is dropped, and its credentials are forgotten.
    ///
    /// - Returns: false when there is no such target.
    public func removeNoticeTarget(_ id: NoticeTargetID) async throws(StoreError) -> Bool {
        let rows = try await database.query(
            "removeNoticeTarget",
            """
            UPDATE notice_target SET removed_at = now(), credentials = ''
            WHERE id = \(id) AND removed_at IS NULL RETURNING kind, address, repo_id
            """)
        guard let row = rows.first else { return false }
        try await database.execute("removeNoticeTarget", "DELETE FROM notice WHERE target_id = \(id)")
        let (kind, address): (NoticeTarget.Kind, String) = (try row.value("kind"), try row.value("address"))
        record(
            NewEvent(
                "notification.target_removed", "\(kind.rawValue) at \(address) is told nothing more",
                repo: try row.value("repo_id"), data: ["target": .string(id.description)]))
        return true
    }
}
