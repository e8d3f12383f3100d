/// What one transfer has received and who waits for it: a pure value whose changes return what to do next.
///
/// Written by the session's thread through `receive` and `finish`, read by one task through `take`.
struct TransferState {
    /// What the reading task waits for.
    enum Need {
        case head
        case bytes
        case end
    }

    /// What the session's thread does with bytes that have arrived.
    enum Reception {
        /// They are kept.
        case accepted
        /// They are not taken now: pause and offer them again.
        case pause
        /// They are not taken at all: end the transfer.
        case refused
    }

    private(set) var head: HTTPResponseHead?
    private(set) var isPaused = false
    private(set) var outcome: Result<Void, HTTPError>?
    private var buffer: [UInt8] = []
    private var receivedBytes = 0
    private var waiter: (need: Need, continuation: CheckedContinuation<Void, Never>)?

    /// How much may arrive in all, nil for any amount.
    let bodyBytesMax: Int?
    /// How much is kept before the transfer is paused.
    let bufferBytesMax: Int

    init(bodyBytesMax: Int?, bufferBytesMax: Int) {
        self.bodyBytesMax = bodyBytesMax
        self.bufferBytesMax = bufferBytesMax
    }

    mutating func receive(_ head: HTTPResponseHead) { self.head = head }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) -> Reception {
        guard outcome == nil else { return .refused }
        if let bodyBytesMax, receivedBytes + bytes.count > bodyBytesMax { return .refused }
        if !buffer.isEmpty, buffer.count + bytes.count > bufferBytesMax {
            isPaused = true
            return .pause
        }
        receivedBytes += bytes.count
        buffer.append(contentsOf: bytes)
        return .accepted
    }

    /// Takes what has been received; the flag says that the transfer was paused and is to go on.
    mutating func take() -> (bytes: [UInt8], isResumed: Bool) {
        defer {
            buffer = []
            isPaused = false
        }
        return (buffer, isPaused)
    }

    /// Ends the transfer; only the first end counts.
    mutating func finish(_ result: Result<Void, HTTPError>) {
        if outcome == nil { outcome = result }
    }

    func isReady(for need: Need) -> Bool {
        if outcome != nil { return true }
        return switch need {
        case .head: head != nil
        case .bytes: !buffer.isEmpty
        case .end: false
        }
    }

    /// Keeps `continuation` until what it needs is there; false when that is so already.
    mutating func wait(for need: Need, _ continuation: CheckedContinuation<Void, Never>) -> Bool {
        if isReady(for: need) { return false }
        precondition(waiter == nil, "two tasks read one response body at the same time")
        waiter = (need, continuation)
        return true
    }

    /// Who is to be resumed now, outside of the lock.
    mutating func releaseWaiter() -> CheckedContinuation<Void, Never>? {
        guard let waiter, isReady(for: waiter.need) else { return nil }
        self.waiter = nil
        return waiter.continuation
    }
}
