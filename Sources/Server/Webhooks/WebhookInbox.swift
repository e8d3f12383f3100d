import Model
import Store
import Synchronization

/// Writes accepted deliveries to the Store: those that come while one statement runs go together in the next.
///
/// So the rate is not bounded by how often a second the database can make something durable. Whoever finds that no
/// statement runs writes what waits, its own delivery first, and then has one of those that came meanwhile write the
/// next; nobody writes twice. A delivery is answered only when it is durable.
final class WebhookInbox: Sendable {
    /// How many deliveries one statement writes at most.
    private static let batchMax = 256
    /// How many statements run at once, each further one only when many wait: one that writes more costs less by far.
    private static let writersMax = 3
    private static let waitingForFurther = 64

    /// What becomes of a delivery that waited.
    private enum Turn {
        /// Another wrote it.
        case kept(WebhookDeliveryID?)
        /// It is to write these, its own first.
        case writes([Waiting])
    }

    private struct Waiting {
        let ticket: UInt64
        let delivery: NewWebhookDelivery
        let turn: CheckedContinuation<Turn, any Error>
    }

    private struct State {
        var waiting: [Waiting] = []
        var tickets: UInt64 = 0
        var writers = 0
    }

    private let store: StateStore
    private let waitingMax: Int
    private let state = Mutex(State())

    /// Makes an inbox.
    ///
    /// - Parameter waitingMax: how many deliveries may wait; more are turned away.
    init(store: StateStore, waitingMax: Int) {
        self.store = store
        self.waitingMax = waitingMax
    }

    /// How many deliveries wait for a statement to write them.
    var waitingCount: Int { state.withLock(\.waiting.count) }

    /// Keeps a delivery; returns when it is durable, with its id, or nil if it was known already.
    ///
    /// - Throws: a ``Problem`` with status 503 when too many wait; what the Store throws.
    func accept(_ delivery: NewWebhookDelivery) async throws -> WebhookDeliveryID? {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        let turn = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (turn: CheckedContinuation<Turn, any Error>) in
                add(Waiting(ticket: ticket, delivery: delivery, turn: turn))
            }
        } onCancel: {
            remove(ticket)?.turn.resume(throwing: CancellationError())
        }
        switch turn {
        case .kept(let id): return id
        case .writes(let batch): return try await write(batch)
        }
    }

    private func add(_ waiting: Waiting) {
        let isTaken = state.withLock { state in
            guard state.waiting.count < waitingMax else { return false }
            state.waiting.append(waiting)
            return true
        }
        guard isTaken else {
            return waiting.turn.resume(
                throwing: Problem(
                    status: 503, code: "inbox_full", detail: "more deliveries wait than the database can take now",
                    hint: "send it again in a moment"))
        }
        if Task.isCancelled { remove(waiting.ticket)?.turn.resume(throwing: CancellationError()) }
        appointWriter()
    }

    private func remove(_ ticket: UInt64) -> Waiting? {
        state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiting.remove(at: index)
        }
    }

    /// Has the first that waits write the next statement, unless nothing waits or enough statements run.
    private func appointWriter() {
        let batch: [Waiting]? = state.withLock { state in
            let isEnough = state.waiting.count >= (state.writers == 0 ? 1 : Self.waitingForFurther)
            guard isEnough, state.writers < Self.writersMax else { return nil }
            state.writers += 1
            let batch = Array(state.waiting.prefix(Self.batchMax))
            state.waiting.removeFirst(batch.count)
            return batch
        }
        if let batch { batch[0].turn.resume(returning: .writes(batch)) }
    }

    /// Writes a batch, tells the others of it what came of theirs, and returns what came of the first.
    private func write(_ batch: [Waiting]) async throws -> WebhookDeliveryID? {
        defer {
            state.withLock { $0.writers -= 1 }
            appointWriter()
        }
        let others = batch.dropFirst()
        do throws(StoreError) {
            let ids = try await store.acceptWebhooks(batch.map(\.delivery))
            for (waiting, id) in zip(others, ids.dropFirst()) { waiting.turn.resume(returning: .kept(id)) }
            return ids[0]
        } catch {
            guard !others.isEmpty, error.code != .unavailable else {
                for waiting in others { waiting.turn.resume(throwing: error) }
                throw error
            }
            // What one delivery has wrong, or who gave up on it, is not to be the others' trouble: each writes its own.
            state.withLock { $0.writers += others.count }
            for waiting in others { waiting.turn.resume(returning: .writes([waiting])) }
            if error.code == .cancelled { throw error }
            return try await store.acceptWebhooks([batch[0].delivery])[0]
        }
    }
}
