import ControllerRuntime
import Foundation
import GitHosts
import Model
import Store

/// Tells one target what waits for it, the oldest first.
public struct SendReconciler: Reconciler {
    /// How many rounds one pass makes before others get their turn.
    private static let roundsMax = 50

    private let store: StateStore
    private let sender: NoticeSender
    private let policy: SendPolicy

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - store: holds the notices.
    ///   - sender: sends them.
    ///   - policy: how long, how often and how far apart is tried.
    public init(store: StateStore, sender: NoticeSender, policy: SendPolicy = SendPolicy()) {
        self.store = store
        self.sender = sender
        self.policy = policy
    }

    /// `send`.
    public var controller: ControllerName { .send }

    /// Looks at one target, key `nt…`, and sends until nothing is due or something fails.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        guard let id = NoticeTargetID(lease.key) else { return .stalled("'\(lease.key)' is not a target's id") }
        do {
            guard let target = try await store.noticeTarget(id), let credentials = try await store.noticeCredentials(id)
            else { return .done }
            for _ in 0..<Self.roundsMax {
                let notices = try await store.transaction(under: lease, as: controller.rawValue) {
                    tx throws(StoreError) in
                    try await tx.takeNotices(of: id, limit: target.kind.requestsMax)
                }
                guard !notices.isEmpty else { break }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for notice in notices {
                        group.addTask { try await tell(notice, target, credentials, lease) }
                    }
                    try await group.waitForAll()
                }
            }
            return try await store.nextNotice(of: id).map { .wait(until: $0) } ?? .done
        } catch {
            return .retry(error)
        }
    }

    private func tell(
        _ notice: Notice, _ target: NoticeTarget, _ credentials: NoticeCredentials, _ lease: WorkLease
    ) async throws {
        let answer = try await sender.send(notice, to: target, credentials) { remote in
            try await store.transaction(under: lease, as: controller.rawValue) { tx throws(StoreError) in
                try await tx.setRemoteID(remote, of: notice.id)
            }
        }
        // A shutdown ends what is under way: that says nothing of the receiver.
        try Task.checkCancellation()
        let end = end(of: answer.verdict, attempts: notice.attempts)
        try await store.transaction(under: lease, as: controller.rawValue) { tx throws(StoreError) in
            try await tx.concludeNotice(notice, end, lifetime: policy.lifetime)
        }
    }

    private func end(of verdict: HostAnswer.Verdict, attempts: Int) -> NoticeEnd {
        switch verdict {
        case .accepted: .delivered
        case .refused(let words): .refused(words)
        case .failed(let words, let pause):
            .failed(words, after: max(policy.backoff.pause(afterFailures: attempts), pause ?? .zero))
        }
    }

    /// The targets for which something waits.
    public func resync() async throws -> [String] {
        try await store.pendingNoticeTargets().map(\.description)
    }
}
