import ControllerRuntime
import Cryptography
import Foundation
import HTTPClient
import Model
import Postgres
import Store
import TestSupport
import Testing

@testable import NotifyController

/// A store with events, a receiver, and the two reconcilers, run by hand.
struct NotifyFixture: Sendable {
    let store: StateStore
    let pool: PostgresPool
    let receiver: Receiver
    let sender: NoticeSender
    let policy: SendPolicy

    /// Runs `body` with an empty store; pauses after failures are as good as none unless given.
    static func with(
        policy: SendPolicy = SendPolicy(
            backoff: Backoff(first: .milliseconds(1), longest: .milliseconds(1)), timeout: .seconds(10)),
        token: @escaping HostToken = { _, stored in stored.map { HostPass($0) } },
        _ body: (NotifyFixture) async throws -> Void
    ) async throws {
        try await DatabaseSchema.withTemporary(maxConnections: 8) { database in
            let store = StateStore(pool: database.pool, keys: try KeyRing([.random()]))
            try await store.migrate()
            let sender = NoticeSender(
                session: try HTTPSession(), link: StatusLink("https://ci.example.com"), timeout: policy.timeout,
                token: token)
            try await body(
                NotifyFixture(
                    store: store, pool: database.pool, receiver: try Receiver(), sender: sender, policy: policy))
        }
    }

    /// Adds a target that posts to a path of the receiver.
    func target(
        _ kind: NoticeTarget.Kind = .webhook, repo: RepoID? = nil, path: String = "/hook", hasToken: Bool = true
    ) async throws -> NoticeTargetID {
        let isHost = kind.host != nil
        let new = NewNoticeTarget(
            kind: kind, repo: repo, address: isHost ? receiver.url : "http://127.0.0.1/***",
            project: isHost ? "acme/shop" : nil,
            credentials: isHost
                ? NoticeCredentials(token: hasToken ? Secret("t0ken") : nil)
                : NoticeCredentials(url: Secret(receiver.url + path), signing: Secret("whsec_c2VjcmV0")),
            on: isHost ? [] : ["*"])
        return try await store.transaction(as: "test") { tx throws(StoreError) in try await tx.addNoticeTarget(new) }
    }

    /// Makes an event: a repo is added.
    @discardableResult
    func happen(_ name: String = UUID().uuidString) async throws -> RepoID {
        try await store.transaction(as: "test") { tx throws(StoreError) in
            try await tx.addRepo(url: "file:///srv/\(name)", refs: [])
        }
    }

    /// Takes a key's lease.
    func lease(
        _ controller: ControllerName, _ key: String, holder: String = "test"
    ) async throws -> WorkLease {
        try await store.enqueue(controller, keys: [key])
        let leases = try await store.claim(controller, holder: holder, limit: 10, lease: .seconds(30))
        for other in leases where other.key != key { try await store.finish(other, .retry(after: .zero, error: "")) }
        return try #require(leases.first { $0.key == key })
    }

    /// Reads the event log.
    func read() async throws {
        let lease = try await lease(.notify, NotifyReconciler.key)
        let outcome = await NotifyReconciler(store: store).reconcile(lease)
        guard case .done = outcome else { throw Unexpected(outcome: "\(outcome)") }
        try await store.finish(lease, .done)
    }

    /// Sends what is due to a target.
    @discardableResult
    func send(_ target: NoticeTargetID) async throws -> ReconcileOutcome {
        let lease = try await lease(.send, target.description)
        let outcome = await SendReconciler(store: store, sender: sender, policy: policy).reconcile(lease)
        try await store.finish(lease, .done)
        if case .retry(let error, _) = outcome { throw error }
        return outcome
    }

    /// Ends the rest of a target, as the passing of time does.
    func wake(_ target: NoticeTargetID) async throws {
        try await pool.execute("UPDATE notice_target SET paused_until = NULL WHERE id = \(target)")
        try await pool.execute("UPDATE notice SET due_at = now() WHERE target_id = \(target) AND state = 'pending'")
    }

    /// A target's notices, the oldest first.
    func notices(_ target: NoticeTargetID) async throws -> [Notice] {
        try await store.notices(NoticeFilter(target: target)).reversed()
    }

    /// Has a target told something of a commit.
    func say(_ state: CommitStatus.State, to target: NoticeTargetID) async throws {
        let commit = try #require(CommitID(hex: String(repeating: "a", count: 40)))
        let status = CommitStatus(
            commit: commit, context: "ocuroot/api", state: state, description: state.rawValue, anchor: "shop//api")
        try await record(.status(status), key: "status/a/ocuroot/api", to: target)
    }

    /// Records a notice as the reader does.
    func record(_ payload: Notice.Payload, key: String, to target: NoticeTargetID) async throws {
        let cursor: EventID = try await pool.query("SELECT event_id FROM notice_cursor").one()["event_id"]
        let notice = NewNotice(
            target: target, key: key, subject: key, payload: payload, event: cursor, mode: .newest)
        try await store.transaction(as: "test") { tx throws(StoreError) in
            try await tx.recordNotices([notice], from: cursor, to: cursor)
        }
    }

    private struct Unexpected: Error {
        let outcome: String
    }
}
