import Foundation
import Logging
import Model
import ServiceLifecycle
import Store
import Synchronization
import TestSupport
import Testing

@testable import ControllerRuntime

@Suite struct WorkLoopTests {
    private let controller: ControllerName = "example"

    /// What a test's reconciler saw, and how many of it were at work at once.
    private final class Journal: Sendable {
        struct State {
            var seen: [String] = []
            var attempts: [Int] = []
            var active = 0
            var activeMax = 0
        }
        let state = Mutex(State())

        var seen: [String] { state.withLock(\.seen) }
    }

    private struct Example: Reconciler {
        let controller: ControllerName
        let journal: Journal
        var resynced: [String] = []
        let body: @Sendable (WorkLease) async -> ReconcileOutcome

        func reconcile(_ lease: WorkLease) async -> ReconcileOutcome {
            journal.state.withLock { state in
                state.seen.append(lease.key)
                state.attempts.append(lease.attempts)
                state.active += 1
                state.activeMax = max(state.activeMax, state.active)
            }
            let outcome = await body(lease)
            journal.state.withLock { $0.active -= 1 }
            return outcome
        }

        func resync() async throws -> [String] { resynced }
    }

    private func loop(
        _ store: StateStore, _ journal: Journal, holder: String = "one", concurrency: Int = 4, resynced: [String] = [],
        _ body: @escaping @Sendable (WorkLease) async -> ReconcileOutcome = { _ in .done }
    ) -> WorkLoop<Example> {
        WorkLoop(
            Example(controller: controller, journal: journal, resynced: resynced, body: body), store: store,
            holder: holder,
            configuration: WorkLoopConfiguration(
                concurrency: concurrency, lease: .seconds(5), pollInterval: .milliseconds(500),
                backoff: Backoff(first: .milliseconds(20), longest: .milliseconds(100))),
            logger: Logger(label: "test"))
    }

    /// Runs the loops on a store of their own while `body` runs.
    private func with(
        _ loops: (StateStore) -> [WorkLoop<Example>], _ body: (StateStore) async throws -> Void
    ) async throws {
        try await DatabaseSchema.withTemporary { schema in
            let store = StateStore(pool: schema.pool)
            try await store.migrate()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try? await store.listen() }
                for loop in loops(store) { group.addTask { try await loop.run() } }
                try await body(store)
                group.cancelAll()
            }
        }
    }

    @Test func `a queued key is worked on, and what a resync names too`() async throws {
        let journal = Journal()
        try await with({ [loop($0, journal, resynced: ["b"])] }) { store in
            try await store.enqueue(controller, keys: ["a"])
            try await waitUntil("both are seen") { Set(journal.seen) == ["a", "b"] }
        }
    }

    @Test func `many keys are worked on at once, but no more than allowed`() async throws {
        let journal = Journal()
        let keys = (0..<20).map { "k\($0)" }
        try await with({ store in
            [
                loop(store, journal, concurrency: 3) { _ in
                    try? await Task.sleep(for: .milliseconds(20))
                    return .done
                }
            ]
        }) { store in
            try await store.enqueue(controller, keys: keys)
            try await waitUntil("all are seen") { Set(journal.seen) == Set(keys) }
        }
        #expect(journal.state.withLock(\.activeMax) <= 3)
        #expect(journal.state.withLock(\.activeMax) > 1)
    }

    @Test func `what fails is tried again with a growing count, until it works`() async throws {
        struct Broken: Error {}
        let journal = Journal()
        try await with({ store in
            [loop(store, journal) { $0.attempts < 3 ? .retry(Broken()) : .done }]
        }) { store in
            try await store.enqueue(controller, keys: ["a"])
            try await waitUntil("three attempts") { journal.seen.count == 3 }
        }
        #expect(journal.state.withLock(\.attempts) == [1, 2, 3])
    }

    @Test func `a key that is queued while it is worked on is worked on once more`() async throws {
        let journal = Journal()
        try await with({ store in
            [
                loop(store, journal) { _ in
                    if journal.seen.count == 1 { try? await store.enqueue("example", keys: ["a"]) }
                    return .done
                }
            ]
        }) { store in
            try await store.enqueue(controller, keys: ["a"])
            try await waitUntil("two passes") { journal.seen.count == 2 }
        }
    }

    @Test func `two replicas never work on one key at the same time`() async throws {
        let journal = Journal()
        let body: @Sendable (WorkLease) async -> ReconcileOutcome = { _ in
            try? await Task.sleep(for: .milliseconds(10))
            return .done
        }
        try await with({ [loop($0, journal, holder: "one", body), loop($0, journal, holder: "two", body)] }) { store in
            for pass in 1...10 {
                try await store.enqueue(controller, keys: ["a"])
                try await waitUntil("pass \(pass)") { journal.seen.count >= pass }
            }
        }
        #expect(journal.state.withLock(\.activeMax) == 1)
    }

    @Test func `a time in the future is waited for`() async throws {
        let journal = Journal()
        try await with({ store in
            [
                loop(store, journal) { lease in
                    journal.seen.count == 1 ? .wait(until: Date(timeIntervalSinceNow: 0.2)) : .done
                }
            ]
        }) { store in
            let clock = ContinuousClock()
            let start = clock.now
            try await store.enqueue(controller, keys: ["a"])
            try await waitUntil("the second pass") { journal.seen.count == 2 }
            #expect(clock.now - start >= .milliseconds(150))
        }
    }

    @Test func `a shutdown lets what is begun come to its end and begins nothing more`() async throws {
        let journal = Journal()
        try await DatabaseSchema.withTemporary { schema in
            let store = StateStore(pool: schema.pool)
            try await store.migrate()
            let gate = Bell()
            let loop = loop(store, journal, concurrency: 1) { _ in
                await gate.wait(atMost: .seconds(20))
                return .done
            }
            let group = ServiceGroup(services: [loop], logger: Logger(label: "test"))
            async let running: Void = group.run()
            try await store.enqueue(controller, keys: ["a", "b"])
            try await waitUntil("one is begun") { journal.seen.count == 1 }
            await group.triggerGracefulShutdown()
            gate.ring()
            try await running
            #expect(journal.seen.count == 1)
            let next = try await store.claim(controller, holder: "two", limit: 10, lease: .seconds(5))
            #expect(next.count == 1 && next.first?.key != journal.seen.first)
        }
    }

    @Test func `a shutdown while work is being taken or done is no failure that anybody must read`() async throws {
        let entries = LogEntries()
        let logger = Logger(label: "test") { _ in entries.handler }
        try await DatabaseSchema.withTemporary { schema in
            let store = StateStore(pool: schema.pool)
            try await store.migrate()
            let loop = WorkLoop(
                Example(controller: controller, journal: Journal()) { lease in
                    .retry(CancellationError())
                }, store: store, holder: "one", logger: logger)
            try await schema.pool.withTransaction { transaction in
                try await transaction.execute("LOCK TABLE work IN ACCESS EXCLUSIVE MODE")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await loop.run() }
                    try await waitUntil("the loop waits for the table") {
                        let waiting = try await schema.pool.query(
                            "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'work'::regclass")
                        return !waiting.isEmpty
                    }
                    group.cancelAll()
                }
            }
        }
        #expect(entries.all == [])
    }
}

/// Everything at `notice` and above that was logged.
private final class LogEntries: Sendable {
    private struct Handler: LogHandler {
        let entries: LogEntries
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.notice

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            entries.list.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }

    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }
    var handler: any LogHandler { Handler(entries: self) }
}
