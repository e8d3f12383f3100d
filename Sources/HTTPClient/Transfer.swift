import Synchronization

/// One request on its way and what has come back of it: the meeting point of a task and the session's thread.
final class Transfer: Sendable {
    let request: HTTPRequest
    private let state: Mutex<TransferState>
    private let engine: Engine

    /// - Parameter bufferBytesMax: how much of the body is kept before the server is held back.
    init(_ request: HTTPRequest, bufferBytesMax: Int, engine: Engine) {
        self.request = request
        self.engine = engine
        state = Mutex(TransferState(bodyBytesMax: request.bodyBytesMax, bufferBytesMax: bufferBytesMax))
    }

    // MARK: The reading task's side

    /// Waits for the response's head.
    func awaitHead() async throws(HTTPError) -> HTTPResponseHead {
        await wait(for: .head)
        let (head, outcome) = state.withLock { ($0.head, $0.outcome) }
        if let head { return head }
        if case .failure(let error) = outcome { throw error }
        throw HTTPError(.protocolViolation, request, cause: "the response has no status line")
    }

    /// Waits for the end and gives the body that has not been read yet.
    func awaitBody() async throws(HTTPError) -> [UInt8] {
        await wait(for: .end)
        let (bytes, outcome) = state.withLock { ($0.take().bytes, $0.outcome) }
        if case .failure(let error) = outcome { throw error }
        return bytes
    }

    /// Waits for more of the body; nil at its end.
    func nextBytes() async throws(HTTPError) -> [UInt8]? {
        await wait(for: .bytes)
        let (taken, outcome) = state.withLock { ($0.take(), $0.outcome) }
        if taken.isResumed { engine.submit(.resume(self)) }
        if case .failure(let error) = outcome, error.code == .cancelled { throw error }
        if !taken.bytes.isEmpty { return taken.bytes }
        if case .failure(let error) = outcome { throw error }
        return nil
    }

    /// Ends the transfer for its reader at once, and on the session's thread soon.
    func cancel() {
        let isNews = isRunning
        finish(.failure(HTTPError(.cancelled, request, cause: "cancelled")))
        if isNews { engine.submit(.cancel(self)) }
    }

    private func wait(for need: TransferState.Need) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWaiting = state.withLock { $0.wait(for: need, continuation) }
                if !isWaiting { continuation.resume() }
            }
        } onCancel: {
            cancel()
        }
    }

    // MARK: The session's thread's side

    /// Whether it has not ended yet.
    var isRunning: Bool { state.withLock { $0.outcome == nil } }

    func receive(_ head: HTTPResponseHead) {
        change { $0.receive(head) }
    }

    func receive(_ bytes: UnsafeRawBufferPointer) -> TransferState.Reception {
        change { $0.receive(bytes) }
    }

    /// Ends it; a second call changes nothing.
    func finish(_ result: Result<Void, HTTPError>) {
        change { $0.finish(result) }
    }

    private func change<R>(_ body: (inout TransferState) -> R) -> R {
        let (result, waiter) = state.withLock { state in (body(&state), state.releaseWaiter()) }
        waiter?.resume()
        return result
    }
}
