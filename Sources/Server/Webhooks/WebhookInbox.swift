import Model
import ServiceLifecycle
import Store
import Synchronization

/// Writes accepted deliveries to the Store: those that come while one statement runs go together in the next.
///
/// So the rate is not bounded by how often a second the database can make something durable. A delivery that waits is
/// answered only when it is durable.
final class WebhookInbox: Service {
    /// How many deliveries one statement writes at most.
    private static let batchMax = 256
    /// How many statements run at once, each further one only when many wait: one that writes more costs less by far.
    private static let writersMax = 3
    private static let waitingForFurther = 64

    private typealias Answer = CheckedContinuation<WebhookDeliveryID?, any Error>

    private struct Waiting {
        let ticket: UInt64
        let delivery: NewWebhookDelivery
        let answer: Answer
    }

    private struct State {
        var waiting: [Waiting] = []
        var tickets: UInt64 = 0
        var writers = 0
        var isClosed = false
    }

    private let store: StateStore
    private let waitingMax: Int
    private let state = Mutex(State())
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation

    /// Makes an inbox; nothing is written before ``run()``.
    ///
    /// - Parameter waitingMax: how many deliveries may wait; more are turned away.
    init(store: StateStore, waitingMax: Int) {
        self.store = store
        self.waitingMax = waitingMax
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Writes until a graceful shutdown begins, when no request is left that could bring more, then what still waits.
    func run() async throws {
        await withDiscardingTaskGroup { group in
            for await _ in bells.cancelOnGracefulShutdown() {
                while let batch = begin() {
                    group.addTask { [self] in
                        await write(batch)
                        end()
                    }
                }
            }
        }
        state.withLock { $0.isClosed = true }
        while let batch = begin() {
            await write(batch)
            end()
        }
    }

    /// Keeps a delivery; returns when it is durable, with its id, or nil if it was known already.
    ///
    /// - Throws: a ``Problem`` with status 503 when too many wait; what the Store throws.
    func accept(_ delivery: NewWebhookDelivery) async throws -> WebhookDeliveryID? {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (answer: Answer) in
                add(Waiting(ticket: ticket, delivery: delivery, answer: answer))
            }
        } onCancel: {
            remove(ticket)?.answer.resume(throwing: CancellationError())
        }
    }

    private func add(_ waiting: Waiting) {
        let isTaken = state.withLock { state in
            guard !state.isClosed, state.waiting.count < waitingMax else { return false }
            state.waiting.append(waiting)
            return true
        }
        guard isTaken else {
            return waiting.answer.resume(
                throwing: Problem(
                    status: 503, code: "inbox_full", detail: "more deliveries wait than the database can take now",
                    hint: "send it again in a moment"))
        }
        bell.yield()
        if Task.isCancelled { remove(waiting.ticket)?.answer.resume(throwing: CancellationError()) }
    }

    private func remove(_ ticket: UInt64) -> Waiting? {
        state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiting.remove(at: index)
        }
    }

    /// What the next statement writes; nil when nothing waits, or enough statements run.
    private func begin() -> [Waiting]? {
        state.withLock { state in
            let isEnough = state.waiting.count >= (state.writers == 0 ? 1 : Self.waitingForFurther)
            guard isEnough, state.writers < Self.writersMax else { return nil }
            state.writers += 1
            let batch = Array(state.waiting.prefix(Self.batchMax))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    private func end() {
        state.withLock { $0.writers -= 1 }
        bell.yield()
    }

    private func write(_ batch: [Waiting]) async {
        do throws(StoreError) {
            let ids = try await store.acceptWebhooks(batch.map(\.delivery))
            for (waiting, id) in zip(batch, ids) { waiting.answer.resume(returning: id) }
        } catch {
            // What one delivery has wrong is not to be the others' trouble.
            if batch.count > 1, error.code != .unavailable, error.code != .cancelled {
                for waiting in batch { await write([waiting]) }
            } else {
                for waiting in batch { waiting.answer.resume(throwing: error) }
            }
        }
    }
}

extension WebhookInbox: CustomStringConvertible {
    /// A name for logs.
    var description: String { "WebhookInbox" }
}
