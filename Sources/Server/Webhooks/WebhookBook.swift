import GitHosts
import Model
import Store
import Synchronization

/// Remembers for a moment what deliveries are held against, so that a flood of them is not one of database reads.
final class WebhookBook: Sendable {
    /// How old an entry may be that says who may pass: as long is an old secret taken after it was withdrawn.
    private static let ageMax = Duration.seconds(5)
    /// How old an entry may be that refuses.
    private static let refusalAgeMax = Duration.seconds(1)
    private static let entriesMax = 4096

    private struct Entry {
        let secrets: WebhookSecrets?
        let readAt: ContinuousClock.Instant
    }

    private let store: StateStore
    private let entries = Mutex<[RepoID: Entry]>([:])

    init(store: StateStore) {
        self.store = store
    }

    /// What a repo's webhook holds deliveries against; nil when it has none.
    ///
    /// - Parameter afterRefusal: whether what is remembered has just refused one, so that it is looked at anew unless
    ///   that was done a moment ago.
    func secrets(of repo: RepoID, afterRefusal: Bool = false) async throws(StoreError) -> WebhookSecrets? {
        if let secrets = remembered(repo, afterRefusal: afterRefusal) { return secrets }
        let now = ContinuousClock.now
        let secrets = try await store.webhookSecrets(of: repo)
        entries.withLock { entries in
            if entries.count >= Self.entriesMax { entries.removeAll() }
            entries[repo] = Entry(secrets: secrets, readAt: now)
        }
        return secrets
    }

    /// What is remembered of a repo's webhook: that there is none is, too; nil when it has to be looked up.
    func remembered(_ repo: RepoID, afterRefusal: Bool = false) -> WebhookSecrets?? {
        guard let entry = entries.withLock({ $0[repo] }) else { return nil }
        let ageMax = afterRefusal || entry.secrets == nil ? Self.refusalAgeMax : Self.ageMax
        return .now - entry.readAt < ageMax ? .some(entry.secrets) : nil
    }

    /// Forgets what is remembered of a repo.
    func forget(_ repo: RepoID) {
        entries.withLock { $0[repo] = nil }
    }
}
