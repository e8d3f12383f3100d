import ControllerRuntime
import Foundation
import Git
import Model
import Repositories
import Store

/// Looks at the refs of one repo and records a Change for each delivered ref that moved.
public struct SourceReconciler: Reconciler {
    private let store: StateStore
    private let repositories: RepositorySet
    private let pace: SourcePace
    private let gate: HostGate

    /// How often an announced repo asks for a place before it lets others work, and for how long it then does.
    private static let hurriedTriesMax = 25
    private static let hurriedPause = Duration.milliseconds(200)

    /// Makes a reconciler.
    ///
    /// - Parameters:
    ///   - store: holds repos, tips and Changes.
    ///   - repositories: the mirrors, which this controller alone brings up to date.
    ///   - pollInterval: the pause between two looks at a repo that nobody announced a push to, see ``PollSchedule``.
    ///   - backoff: the pauses after looks that failed.
    ///   - conversationsPerHostMax: how many repos of one host are looked at at once.
    public init(
        store: StateStore, repositories: RepositorySet, pollInterval: Duration = .seconds(30),
        backoff: Backoff = Backoff(first: .seconds(1), longest: .seconds(300)), conversationsPerHostMax: Int = 4
    ) {
        self.store = store
        self.repositories = repositories
        pace = SourcePace(schedule: PollSchedule(interval: pollInterval), backoff: backoff)
        gate = HostGate(conversationsMax: conversationsPerHostMax)
    }

    /// `source`.
    public var controller: ControllerName { .source }

    /// Looks at one repo, key `o…`.
    public func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
        guard let id = RepoID(lease.key) else { return .stalled("'\(lease.key)' is not a repo's id") }
        do {
            guard let repo = try await store.repo(id), repo.origin == nil else { return .done }
            guard let host = RemotePlace(repo.url)?.origin else { return try await reconcile(repo, under: lease) }
            var tries = 0
            while let turnedAway = gate.enter(host) {
                guard try await store.activity(of: id)?.isAnnounced == true else {
                    return .wait(until: try await store.now() + pace.pause(turnedAway: turnedAway).seconds)
                }
                // Somebody pushed and waits for it: the next place is ours, unless a host that hangs would have us keep
                // others waiting.
                tries += 1
                guard tries < Self.hurriedTriesMax else {
                    return .wait(until: try await store.now() + Self.hurriedPause.seconds)
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            var wasSilent = false
            defer { gate.leave(host, wasSilent: wasSilent) }
            return try await reconcile(repo, under: lease) { wasSilent = $0.code == .timedOut }
        } catch {
            return .retry(error)
        }
    }

    /// The watched repos that wait for no look; those that do are not hurried.
    public func resync() async throws -> [String] {
        try await store.reposWithoutWork().map(\.description)
    }

    private func reconcile(
        _ repo: Repo, under lease: WorkLease, onFailure: (GitError) -> Void = { _ in }
    ) async throws -> ReconcileOutcome {
        let startedAt = try await store.now()
        do {
            let findings = try await look(at: repo)
            try await record(findings, of: repo, startedAt: startedAt, error: nil, under: lease)
        } catch let error as GitError {
            onFailure(error)
            try await record(
                SourceLook.Findings(), of: repo, startedAt: startedAt, error: error.description, under: lease)
            // The remote answered: what is missing may be pushed at any time.
            if error.code != .emptyRepository, error.code != .missingRef {
                if error.code == .authenticationFailed || error.code == .untrustedHost {
                    try await store.recordUse(ofCredentialsFor: repo.url, error: error.cause)
                }
                return .retry(error, after: pace.pause(after: error, failures: lease.attempts))
            }
        }
        try await store.recordUse(ofCredentialsFor: repo.url, error: nil)
        return .wait(until: startedAt + pace.pause(after: try await store.activity(of: repo.id)).seconds)
    }

    private func look(at repo: Repo) async throws -> SourceLook.Findings {
        let hasPreviews = repo.preview != nil || !repo.previews.isEmpty
        let look = SourceLook(
            repo: repo, known: try await store.refTips(repo.id),
            previews: hasPreviews ? try await store.previewTips(repo.id) : PreviewTips())
        return try await look.findings(repositories)
    }

    private func record(
        _ findings: SourceLook.Findings, of repo: Repo, startedAt: Date, error: String?, under lease: WorkLease
    ) async throws(StoreError) {
        try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            // The role of a ref is told by it.
            if let ref = findings.defaultRef { try await tx.recordDefaultRef(repo.id, ref) }
            var (problems, hasRefused) = (findings.problems, false)
            for move in findings.moves.filter(\.isOfPreview) + findings.moves.filter({ !$0.isOfPreview }) {
                switch move {
                case .seen(let ref, let commit): try await tx.recordRefSeen(repo.id, ref, at: commit)
                case .passedOver(let ref, let commit): try await tx.recordRefPassedOver(repo.id, ref, at: commit)
                case .deleted(let ref): try await tx.recordRefDeleted(repo.id, ref)
                case .moved(let change): _ = try await tx.recordChange(change)
                case .preview(let change):
                    do throws(StoreError) {
                        _ = try await tx.recordPreviewChange(change)
                    } catch {
                        // Too many were made meanwhile, or none of its names is free. The Store's own refusal, which
                        // wrote nothing: neither main nor other branches wait for one that can have no preview.
                        guard error.code == .conflict, error.cause == nil else { throw error }
                        if !hasRefused { problems.insert(error.reason, at: 0) }
                        hasRefused = true
                    }
                case .previewEnded(let preview, let reason): try await tx.endPreview(preview, because: reason)
                }
            }
            if error == nil, let rule = repo.preview { try await tx.recordPreviewsSeen(repo.id, rule.refs) }
            try await tx.recordLook(
                repo.id, error: error, problem: problems.isEmpty ? nil : problems.joined(separator: "; "),
                startedAt: startedAt,
                hasMoved: findings.moves.contains(where: \.isPush))
        }
    }
}

extension Duration {
    /// The span in seconds.
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
