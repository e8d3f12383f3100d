import Foundation
import Model
import Postgres

extension StateStore {
    /// How long after a look at a repo a delivery may bring the next one: a flood of them is not a flood of looks.
    private static let lookPause = Duration.milliseconds(250)

    private struct Key: Hashable {
        let repo: RepoID
        let host: GitHost
        let id: String
    }

    /// Keeps deliveries and has the repos they are about looked at, in one statement; when it returns, it is durable.
    ///
    /// Takes none of the locks under which events are written: no event tells of a delivery. Rows are written in one
    /// order, so that two replicas with the same deliveries do not wait for each other in a circle.
    ///
    /// - Returns: for each delivery its id; nil for one that was kept before, under the same name of its host's, or
    ///   whose repo is not watched any more: nothing follows from those.
    public func acceptWebhooks(
        _ deliveries: [NewWebhookDelivery]
    ) async throws(StoreError) -> [WebhookDeliveryID?] {
        guard !deliveries.isEmpty else { return [] }
        let rows = try await database.query("acceptWebhooks", Self.accepting(deliveries))
        var ids: [Key: WebhookDeliveryID] = [:]
        for row in rows {
            let key = Key(repo: try row.value(at: 1), host: try row.value(at: 2), id: try row.value(at: 3))
            ids[key] = try row.value(at: 0)
        }
        return deliveries.map { ids.removeValue(forKey: Key(repo: $0.repo, host: $0.host, id: $0.deliveryID)) }
    }

    private static func accepting(_ deliveries: [NewWebhookDelivery]) -> SQL {
        let refs = deliveries.map { $0.refs.isEmpty ? "[]" : text(of: $0.refs) }
        return """
            WITH kept AS (
                INSERT INTO webhook_delivery AS y (
                    repo_id, host, delivery_id, source, kind, event, refs, refs_left_out, pusher, problem, body,
                    body_bytes
                )
                SELECT g.repo_id, g.host, g.delivery_id, g.source, g.kind, g.event, g.refs::jsonb, g.refs_left_out,
                    g.pusher, g.problem, g.body, g.body_bytes
                FROM unnest(
                    \(deliveries.map(\.repo)), \(deliveries.map(\.host)), \(deliveries.map(\.deliveryID)),
                    \(deliveries.map(\.source)), \(deliveries.map(\.kind)), \(deliveries.map(\.event)), \(refs),
                    \(deliveries.map(\.refsLeftOut)), \(deliveries.map(\.pusher)), \(deliveries.map(\.problem)),
                    \(deliveries.map(\.body)), \(deliveries.map(\.bodyBytes))
                ) AS g (
                    repo_id, host, delivery_id, source, kind, event, refs, refs_left_out, pusher, problem, body,
                    body_bytes
                )
                JOIN repo r ON r.id = g.repo_id AND r.removed_at IS NULL
                ORDER BY g.repo_id, g.host, g.delivery_id
                ON CONFLICT (repo_id, host, delivery_id) DO NOTHING
                RETURNING y.id, y.repo_id, y.host, y.delivery_id, y.kind
            ), \(looking(at: "SELECT DISTINCT repo_id FROM kept WHERE kind IN ('push', 'unreadable')"))
            SELECT id, repo_id, host, delivery_id, (SELECT count(*) FROM told) FROM kept
            """
    }

    /// Common table expressions that queue a look at some repos; the last one, `told`, must be read.
    ///
    /// A look that is queued already, and has not begun, is not asked for again: its row would be locked to the commit,
    /// and deliveries for one repo would wait for one another's.
    static func looking(at repos: SQL) -> SQL {
        """
        looked AS (
            SELECT 'o' || r.id AS key, greatest(clock_timestamp(), r.looked_at + \(lookPause)) AS due_at
            FROM (\(repos)) AS k JOIN repo r ON r.id = k.repo_id
        ), queued AS (
            INSERT INTO work AS w (controller, key, due_at, is_routine)
            SELECT \(ControllerName.source), l.key, l.due_at, false FROM looked l
            WHERE NOT EXISTS (
                SELECT 1 FROM work q WHERE q.controller = \(ControllerName.source) AND q.key = l.key
                    AND q.due_at <= l.due_at AND NOT q.is_routine
            )
            ORDER BY l.key COLLATE "C"
            ON CONFLICT (controller, key) DO UPDATE SET
                version = w.version + CASE WHEN w.holder IS NULL THEN 0 ELSE 1 END,
                due_at = least(w.due_at, excluded.due_at), is_routine = false
            WHERE w.holder IS NOT NULL OR excluded.due_at < w.due_at OR w.is_routine
            RETURNING w.controller
        ), told AS (
            SELECT pg_notify(\(workChannel), current_schema() || '/' || controller)
            FROM (SELECT DISTINCT controller FROM queued) AS c
        )
        """
    }

    /// What `JSONEncoder` writes of refs, many times faster; git allows no control character in a name.
    private static func text(of refs: [WebhookRefMove]) -> String {
        var text = "["
        for move in refs {
            if text.utf8.count > 1 { text += "," }
            text += "{\"ref\":\"\(escaped(move.ref.rawValue))\",\"isDeleted\":\(move.isDeleted)"
            if let old = move.old { text += ",\"old\":\"\(old.hex)\"" }
            if let new = move.new { text += ",\"new\":\"\(new.hex)\"" }
            text += "}"
        }
        return text + "]"
    }

    /// By bytes: a quote that an accent follows is another character than a quote.
    private static func escaped(_ name: String) -> String {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        guard name.utf8.contains(where: { $0 == quote || $0 == backslash }) else { return name }
        let bytes = name.utf8.flatMap { $0 == quote || $0 == backslash ? [backslash, $0] : [$0] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
