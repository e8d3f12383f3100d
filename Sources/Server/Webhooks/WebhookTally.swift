import GitHosts
import Logging
import Model
import ServiceLifecycle
import Store
import Synchronization

/// Counts the deliveries that were refused, and writes the counts down now and then: a flood of forgeries is not one of
/// writes.
final class WebhookTally: Service {
    private static let pause = Duration.seconds(1)

    private struct Count {
        var count: Int64
        var reason: WebhookRefusal
    }

    private let store: StateStore
    private let logger: Logger
    private let counts = Mutex<[RepoID: Count]>([:])

    init(store: StateStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    /// Counts one; there are as many counts as webhooks that exist, at most.
    func add(_ refusal: WebhookRefusal, to repo: RepoID) {
        counts.withLock { counts in
            counts[repo] = Count(count: (counts[repo]?.count ?? 0) + 1, reason: refusal)
        }
    }

    /// Writes the counts down until a graceful shutdown begins.
    func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while (try? await Task.sleep(for: Self.pause)) != nil { await write() }
        }
        await write()
    }

    private func write() async {
        let counts = counts.withLock { counts in
            defer { counts = [:] }
            return counts
        }
        guard !counts.isEmpty else { return }
        for (repo, count) in counts {
            logger.warning(
                "deliveries to a webhook were refused",
                metadata: ["repo": "\(repo)", "count": "\(count.count)", "reason": "\(count.reason.rawValue)"])
        }
        do throws(StoreError) {
            try await store.noteWebhookRefusals(
                counts.map { WebhookRefusals(repo: $0, count: $1.count, reason: $1.reason.rawValue) })
        } catch {
            logger.warning("refused deliveries are not counted", metadata: ["error": "\(error)"])
        }
    }
}

extension WebhookTally: CustomStringConvertible {
    /// A name for logs.
    var description: String { "WebhookTally" }
}
