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
            guard let repo = try await store.repo(id) else { return .done }
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
            let moves = try await look(at: repo)
            try await record(moves, of: repo, startedAt: startedAt, error: nil, under: lease)
        } catch let error as GitError {
            onFailure(error)
            try await record([], of: repo, startedAt: startedAt, error: error.description, under: lease)
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

    private func look(at repo: Repo) async throws -> [SourceMove] {
        let mirror = try await repositories.mirror(of: repo.id, url: repo.url)
        let tips = try await mirror.remoteTips()
        let known = try await store.refTips(repo.id)
        var plan = try SourcePlan.make(tips: tips, known: known, refs: repo.refs, url: repo.url)
        let unmoved = SourcePlan.unmoved(tips: tips, known: known)
        let lacking = try await mirror.lacking(Set(unmoved.values))
        let lost = unmoved.filter { lacking.contains($0.value) }.keys
        guard !plan.moved.isEmpty || !lost.isEmpty else { return plan.deleted.map(SourceMove.deleted) }
        // The refs may have moved again since; what the fetch brought is what counts.
        let report = try await mirror.fetch(RefSelection(refs: plan.moved + lost))
        plan = try SourcePlan.make(tips: report.tips, known: known, refs: repo.refs, url: repo.url)
        var moves = plan.deleted.map(SourceMove.deleted)
        let tipOfRef = plan.moved.compactMap { ref in report.tips.commit(of: ref).map { (ref, $0) } }
        let reader = try await repositories.reader(of: repo.id, url: repo.url, needing: tipOfRef.map(\.1))
        let history = SourceHistory(reader: reader)
        let arrivals = try await history.arrivals(tipOfRef)
        let (delivered, seen) = SourceArrival.arrange(arrivals, refs: repo.refs, known: known)
        moves += seen.map { .seen($0.ref, $0.commit) }
        for arrival in delivered {
            let others = known.filter { $0.key != arrival.ref }.sorted { $0.key < $1.key }.compactMap(\.value.commit)
            moves.append(
                try await history.move(
                    of: arrival.ref, from: known[arrival.ref]?.commit, to: arrival.commit, besides: others, in: repo.id)
            )
        }
        return moves
    }

    private func record(
        _ moves: [SourceMove], of repo: Repo, startedAt: Date, error: String?, under lease: WorkLease
    ) async throws(StoreError) {
        try await store.transaction(under: lease, as: lease.controller.rawValue) { tx throws(StoreError) in
            for move in moves {
                switch move {
                case .seen(let ref, let commit): try await tx.recordRefSeen(repo.id, ref, at: commit)
                case .deleted(let ref): try await tx.recordRefDeleted(repo.id, ref)
                case .moved(let change): _ = try await tx.recordChange(change)
                }
            }
            try await tx.recordLook(
                repo.id, error: error, startedAt: startedAt, hasMoved: moves.contains(where: \.isPush))
        }
    }
}

extension Duration {
    /// The span in seconds.
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
