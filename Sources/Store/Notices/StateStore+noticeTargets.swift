import Foundation
import Model
import Postgres

extension StateStore {
    /// Everybody who is told something, in the order in which they were added.
    public func noticeTargets() async throws(StoreError) -> [NoticeTarget] {
        try await database.query("noticeTargets", Self.targets("true")).decode(NoticeTarget.init(row:))
    }

    /// One of them; nil when there is none, or it was removed.
    public func noticeTarget(_ id: NoticeTargetID) async throws(StoreError) -> NoticeTarget? {
        try await database.query("noticeTarget", Self.targets("t.id = \(id)")).decode(NoticeTarget.init(row:)).first
    }

    /// What a target is told with; nil when there is no such target.
    ///
    /// - Throws: ``StoreError/Code/noMasterKey`` when this server has not the key that it is sealed under.
    public func noticeCredentials(_ id: NoticeTargetID) async throws(StoreError) -> NoticeCredentials? {
        let sealed: [[UInt8]] = try await database.query(
            "noticeCredentials", "SELECT credentials FROM notice_target WHERE id = \(id) AND removed_at IS NULL"
        ).values()
        guard let first = sealed.first else { return nil }
        return try NoticeCredentials(text: try secrets.open(first, for: NoticeCredentials.purpose(of: id)))
    }

    /// Seals all credentials again that are not under the key that seals now; for the start after keys were rotated.
    @discardableResult
    public func resealNoticeCredentials() async throws(StoreError) -> ResealReport {
        var report = ResealReport()
        guard secrets.isAvailable else { return report }
        let rows = try await database.query(
            "resealNoticeCredentials", "SELECT id, credentials FROM notice_target WHERE removed_at IS NULL ORDER BY id")
        for row in rows {
            let (id, sealed): (NoticeTargetID, [UInt8]) = (try row.value("id"), try row.value("credentials"))
            let new: [UInt8]?
            do throws(StoreError) {
                new = try secrets.resealed(sealed, for: NoticeCredentials.purpose(of: id))
            } catch {
                report.unreadable += 1
                continue
            }
            guard let new else { continue }
            report.resealed += try await database.execute(
                "resealNoticeCredentials",
                "UPDATE notice_target SET credentials = \(new) WHERE id = \(id) AND credentials = \(sealed)")
        }
        return report
    }

    /// The targets for which something waits to be sent.
    public func pendingNoticeTargets() async throws(StoreError) -> [NoticeTargetID] {
        try await database.query(
            "pendingNoticeTargets",
            """
            SELECT id FROM notice_target t
            WHERE removed_at IS NULL AND EXISTS (SELECT FROM notice n WHERE n.target_id = t.id AND n.state = 'pending')
            """
        ).values()
    }

    /// When a target is to be told something next; nil when nothing waits.
    public func nextNotice(of target: NoticeTargetID) async throws(StoreError) -> Date? {
        try await database.query(
            "nextNotice",
            """
            SELECT greatest(min(n.due_at), max(t.paused_until)) AS due
            FROM notice n JOIN notice_target t ON t.id = n.target_id
            WHERE t.id = \(target) AND t.removed_at IS NULL AND n.state = 'pending'
            """
        ).single("nextNotice").value("due")
    }

    /// The targets that a condition on `notice_target AS t` chooses.
    static func targets(_ condition: SQL) -> SQL {
        """
        SELECT \(NoticeTarget.columns) FROM notice_target t LEFT JOIN repo r ON r.id = t.repo_id
        WHERE t.removed_at IS NULL AND \(condition) ORDER BY t.id
        """
    }
}
