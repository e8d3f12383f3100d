import Logging
import Metrics
import Model
import ServiceLifecycle
import Store
import Synchronization

/// Takes a controller's queued keys under leases and reconciles them, several at once, until the process shuts down.
///
/// Any number of replicas may run the same loop: rows are taken with SKIP LOCKED, and a lease that is not renewed
/// (a crash, a long stall) expires and is taken by another.
public struct WorkLoop<Work: Reconciler>: Service {
    private let reconciler: Work
    private let store: StateStore
    private let holder: String
    private let configuration: WorkLoopConfiguration
    private let logger: Logger
    private let bell = Bell()
    private let held = HeldLeases()
    private let isStopping = StopFlag()

    /// Makes a loop.
    ///
    /// - Parameters:
    ///   - reconciler: does the work.
    ///   - store: where it is queued.
    ///   - holder: names this process in leases, unique among all replicas and restarts.
    ///   - configuration: the bounds.
    ///   - logger: gets one line for each failure.
    public init(
        _ reconciler: Work, store: StateStore, holder: String, configuration: WorkLoopConfiguration = .init(),
        logger: Logger
    ) {
        self.reconciler = reconciler
        self.store = store
        self.holder = holder
        self.configuration = configuration
        var logger = logger
        logger[metadataKey: "controller"] = "\(reconciler.controller)"
        self.logger = logger
    }

    /// Works until the task is cancelled or a graceful shutdown begins, then lets what is begun come to its end.
    public func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await listen() }
                group.addTask { await renewLeases() }
                group.addTask { await resync() }
                await work()
                group.cancelAll()
            }
        } onGracefulShutdown: {
            isStopping.set()
            bell.ring()
        }
    }

    private var mayContinue: Bool { !isStopping.isSet && !Task.isCancelled }

    private func work() async {
        await withDiscardingTaskGroup { group in
            var failures = 0
            while mayContinue {
                do throws(StoreError) {
                    let claimed = try await claim()
                    for lease in claimed {
                        held.insert(lease)
                        group.addTask { await reconcile(lease) }
                    }
                    failures = 0
                    if claimed.isEmpty || held.count >= configuration.concurrency {
                        let pause = held.count >= configuration.concurrency ? nil : try await idleTime()
                        await bell.wait(atMost: pause ?? configuration.pollInterval)
                    }
                } catch {
                    // A shutdown cancels what is under way.
                    guard mayContinue else { return }
                    failures += 1
                    logger.warning("cannot take work", metadata: ["error": "\(error)"])
                    await bell.wait(atMost: min(configuration.backoff.pause(afterFailures: failures), .seconds(5)))
                }
            }
        }
    }

    private func claim() async throws(StoreError) -> [WorkLease] {
        let free = configuration.concurrency - held.count
        guard free > 0 else { return [] }
        return try await store.claim(
            reconciler.controller, holder: holder, limit: free, lease: configuration.lease)
    }

    private func idleTime() async throws(StoreError) -> Duration {
        let due = try await store.nextDue(reconciler.controller) ?? configuration.pollInterval
        return max(.milliseconds(5), min(due, configuration.pollInterval))
    }

    private func reconcile(_ lease: WorkLease) async {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = await reconciler.reconcile(lease)
        let labels = [("controller", "\(reconciler.controller)")]
        Timer(label: "ocuroot_reconcile", dimensions: labels).recordNanoseconds(
            (clock.now - start).nanoseconds)
        do throws(StoreError) {
            try await store.finish(lease, workOutcome(of: outcome, lease))
        } catch {
            // The row stays leased until it expires and is then taken again, which is harmless.
            log(.notice, "work was not closed", ["key": "\(lease.key)", "error": "\(error)"])
        }
        held.remove(lease)
        bell.ring()
    }

    private func workOutcome(of outcome: ReconcileOutcome, _ lease: WorkLease) -> WorkOutcome {
        switch outcome {
        case .done: return .done
        case .wait(let until): return .wait(until: until)
        case .stalled(let reason):
            logger.warning("stalled", metadata: ["key": "\(lease.key)", "reason": "\(reason)"])
            return .done
        case .retry(let error, let after):
            let pause = after ?? configuration.backoff.pause(afterFailures: lease.attempts)
            log(
                .warning, "will try again", ["key": "\(lease.key)", "error": "\(error)", "pause": "\(pause)"])
            return .retry(after: pause, error: "\(error)")
        }
    }

    /// Logs a failure; one that a shutdown brought about, by cancelling what was under way, is nobody's concern.
    private func log(_ level: Logger.Level, _ message: Logger.Message, _ facts: Logger.Metadata) {
        logger.log(level: Task.isCancelled ? .debug : level, message, metadata: facts)
    }

    private func listen() async {
        for await signal in store.changes() {
            switch signal {
            case .work(let controller) where controller == reconciler.controller: bell.ring()
            case .reconnected: bell.ring()
            default: continue
            }
        }
    }

    private func renewLeases() async {
        while (try? await Task.sleep(for: configuration.lease / 3)) != nil {
            let leases = held.all
            guard !leases.isEmpty else { continue }
            do throws(StoreError) {
                _ = try await store.renew(leases, lease: configuration.lease)
            } catch {
                guard !Task.isCancelled else { return }
                logger.warning("leases were not renewed", metadata: ["error": "\(error)"])
            }
        }
    }

    private func resync() async {
        while !Task.isCancelled {
            do {
                try await store.enqueue(reconciler.controller, keys: try await reconciler.resync(), isRoutine: true)
            } catch {
                guard mayContinue else { return }
                logger.warning("resync was skipped", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: configuration.resyncInterval)
        }
    }
}

extension Duration {
    /// The whole span in nanoseconds, cut off at the greatest 64-bit integer.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product + attoseconds / 1_000_000_000
    }
}
