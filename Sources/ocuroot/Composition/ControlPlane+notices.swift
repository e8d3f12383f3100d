import Model
import NotifyController
import Server
import ServiceLifecycle
import Store

extension ControlPlane {
    /// How many receivers are told something at once: one that hangs holds its place for one request, then rests.
    private static let receiversMax = 32

    /// What reads the event log, and what tells whoever wants to know.
    func notifiers(_ store: StateStore, _ sender: NoticeSender) -> [any Service] {
        [
            EventWatching(store: store, logger: logger(named: "controller")),
            loop(NotifyReconciler(store: store), store, 1),
            loop(SendReconciler(store: store, sender: sender), store, Self.receiversMax),
        ]
    }

    /// Tells a target something that says that it is a test.
    func noticeTest(_ sender: NoticeSender, _ store: StateStore) -> NoticeTest {
        { id in
            guard let target = try await store.noticeTarget(id), let credentials = try await store.noticeCredentials(id)
            else { return nil }
            var tips: [RefTip] = []
            if let repo = target.repo { tips = Array(try await store.refTips(repo).values) }
            let commit = tips.max { $0.sequence < $1.sequence }?.commit
            let (isDelivered, words) = try await sender.test(target, credentials, commit: commit)
            return NoticeTestReply(isDelivered: isDelivered, answer: words)
        }
    }
}
