import Model
import NIOCore
import Store
import Synchronization

/// Writes accepted deliveries to the Store: those that come while one statement runs go together in the next.
///
/// So the rate is not bounded by how often a second the database can make something durable. A delivery is answered
/// only when it is durable, and written also when whoever sent it does not wait for that.
final class WebhookInbox: Sendable {
    /// How many deliveries one statement writes at most.
    private static let batchMax = 256
    /// How many statements run at once, each further one only when many wait: one that writes more costs less by far.
    private static let writersMax = 3
    private static let waitingForFurther = 64

    private struct Waiting {
        let delivery: NewWebhookDelivery
        let promise: EventLoopPromise<WebhookDeliveryID?>
    }

    private struct State {
        var waiting: [Waiting] = []
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

    /// Keeps a delivery.
    ///
    /// - Returns: when it is durable, its id, or nil if it was known already; a ``Problem`` with status 503 when too
    ///   many wait; what the Store throws.
    func accept(_ delivery: NewWebhookDelivery, on loop: any EventLoop) -> EventLoopFuture<WebhookDeliveryID?> {
        let promise = loop.makePromise(of: WebhookDeliveryID?.self)
        let isTaken = state.withLock { state in
            guard state.waiting.count < waitingMax else { return false }
            state.waiting.append(Waiting(delivery: delivery, promise: promise))
            return true
        }
        if isTaken { startWriter(on: loop) } else { promise.fail(Self.full) }
        return promise.futureResult
    }

    private static var full: Problem {
        Problem(
            status: 503, code: "inbox_full", detail: "more deliveries wait than the database can take now",
            hint: "send it again in a moment")
    }

    /// Starts to write, unless nothing waits or enough statements run.
    private func startWriter(on loop: any EventLoop) {
        let isWanted = state.withLock { state in
            let isEnough = state.waiting.count >= (state.writers == 0 ? 1 : Self.waitingForFurther)
            guard isEnough, state.writers < Self.writersMax else { return false }
            state.writers += 1
            return true
        }
        if isWanted { _ = loop.makeFutureWithTask { [self] in await write() } }
    }

    /// Writes as long as something waits.
    private func write() async {
        while let batch = nextBatch() {
            do throws(StoreError) {
                let ids = try await store.acceptWebhooks(batch.map(\.delivery))
                for (waiting, id) in zip(batch, ids) { waiting.promise.succeed(id) }
            } catch {
                await recover(batch, from: error)
            }
        }
    }

    /// The next deliveries to write; nil when there are none, and then the caller is no writer any longer.
    private func nextBatch() -> [Waiting]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.writers -= 1
                return nil
            }
            let batch = Array(state.waiting.prefix(Self.batchMax))
            state.waiting.removeFirst(batch.count)
            return batch
        }
    }

    /// What one delivery has wrong is not to be the others' trouble: each is written by itself.
    private func recover(_ batch: [Waiting], from error: StoreError) async {
        for waiting in batch {
            guard batch.count > 1, error.code != .unavailable else {
                waiting.promise.fail(error)
                continue
            }
            do throws(StoreError) {
                waiting.promise.succeed(try await store.acceptWebhooks([waiting.delivery])[0])
            } catch {
                waiting.promise.fail(error)
            }
        }
    }
}
