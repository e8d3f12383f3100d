import Foundation

/// The log of a Run on its way to the server: bounded in what is kept, and in what waits.
///
/// Written by the thread of the function, read by the task that ships it. When shipping is slower than writing, the
/// writer waits, and with it the command that prints: memory stays bounded. Of a log that is longer than the server
/// keeps, the beginning is shipped as it comes, and the end when the Run has ended; what lies between is counted.
final class RunLog: FunctionOutput, @unchecked Sendable {
    // Unchecked: every access to the mutable state is made while `condition` is locked.
    private let condition = NSCondition()
    private var pending: [UInt8] = []
    private var headLeft: Int
    private var tail: LogTail
    private var isClosed = false
    private var isAbandoned = false
    private var lostBytes: Int64 = 0

    /// How much may wait to be shipped before the writer waits.
    private static let pendingBytesMax = 1 << 20
    /// The largest chunk that the server takes.
    private static let chunkBytesMax = 256 << 10

    /// Tells the shipper that something waits.
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    /// Makes an empty log.
    ///
    /// - Parameter bytesMax: what the server keeps; a quarter of it, up to 64 KiB, is for the end.
    init(bytesMax: Int) {
        let tailBytesMax = min(64 << 10, bytesMax / 4)
        tail = LogTail(bytesMax: tailBytesMax)
        // A note on what was dropped stands between the two.
        headLeft = max(0, bytesMax - tailBytesMax - 128)
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Adds bytes; waits while too much is waiting, until it is shipped or nobody ships any more.
    func append(_ bytes: ArraySlice<UInt8>) {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { return }
        let head = bytes.prefix(headLeft)
        headLeft -= head.count
        tail.append(bytes.dropFirst(head.count))
        var rest = head
        while !rest.isEmpty {
            while pending.count >= Self.pendingBytesMax, !isAbandoned { condition.wait() }
            guard !isAbandoned else {
                lostBytes += Int64(rest.count)
                return
            }
            let part = rest.prefix(Self.pendingBytesMax - pending.count)
            pending.append(contentsOf: part)
            rest = rest.dropFirst(part.count)
            signal.yield()
        }
    }

    /// Ends the log: what was kept of its end now waits to be shipped, with a note on what is missing before it.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { return }
        isClosed = true
        if tail.dropped > 0 {
            pending.append(contentsOf: "\n… \(tail.dropped) bytes of the log were dropped here …\n".utf8)
        }
        pending.append(contentsOf: tail.bytes)
        signal.yield()
        signal.finish()
    }

    /// Stops shipping: writers do not wait any more, and what they write is counted as lost.
    func abandon() {
        condition.lock()
        defer { condition.unlock() }
        isAbandoned = true
        lostBytes += Int64(pending.count)
        pending = []
        condition.broadcast()
    }

    /// The next chunk to ship, which stays until it was shipped or lost; nil when nothing waits.
    func chunk() -> [UInt8]? {
        condition.lock()
        defer { condition.unlock() }
        return pending.isEmpty ? nil : Array(pending.prefix(Self.chunkBytesMax))
    }

    /// Takes away what was shipped.
    func shipped(_ count: Int) {
        condition.lock()
        defer { condition.unlock() }
        pending.removeFirst(min(count, pending.count))
        condition.broadcast()
    }

    /// Takes away what could not be stored, and counts it.
    func lost(_ count: Int) {
        condition.lock()
        defer { condition.unlock() }
        lostBytes += Int64(min(count, pending.count))
        pending.removeFirst(min(count, pending.count))
        condition.broadcast()
    }

    /// Whether ``close()`` was called.
    var hasEnded: Bool {
        condition.lock()
        defer { condition.unlock() }
        return isClosed
    }

    /// Bytes that were written but are not in the stored log.
    var droppedBytes: Int64 {
        condition.lock()
        defer { condition.unlock() }
        return tail.dropped + lostBytes
    }
}
