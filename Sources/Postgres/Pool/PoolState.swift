/// The book-keeping of a pool: who holds what, and who waits.
///
/// A value that says what is to be done and does nothing.
struct PoolState {
    typealias Waiter = CheckedContinuation<Grant, Never>
    typealias Drained = CheckedContinuation<Void, Never>

    /// What a caller gets.
    enum Grant: Sendable {
        /// A connection that was idle or came back.
        case connection(PooledConnection)
        /// The right to open one.
        case slot
        /// Too many wait already.
        case refused
        /// Waiting took too long.
        case expired
        /// The pool is closed.
        case closed
    }

    enum Registration {
        case granted(Grant)
        case waiting(id: UInt64)
    }

    /// What the pool does, outside of the lock, after something became free.
    enum HandOver {
        case grant(Waiter, Grant)
        /// The pool is closed, and this was the last connection.
        case drained([Drained])
    }

    private let connectionsMax: Int
    private let waitersMax: Int
    /// The last one to come back is the first to go out, so that the others' caches may go cold.
    private var idle: [PooledConnection] = []
    private var borrowed: [ObjectIdentifier: PostgresConnection] = [:]
    /// Slots in use: idle, borrowed or being opened.
    private var slots = 0
    private var waiters: [(id: UInt64, waiter: Waiter)] = []
    private var lastID: UInt64 = 0
    private var hasConnected = false
    private var isClosed = false
    private var drained: [Drained] = []

    init(connectionsMax: Int, waitersMax: Int) {
        self.connectionsMax = connectionsMax
        self.waitersMax = waitersMax
    }

    var waiterCount: Int { waiters.count }
    var isDrained: Bool { isClosed && slots == 0 }

    /// Why no connection could be made lately; `nil` once one was made.
    private(set) var lastFailure: PostgresError?

    /// Records the failure; returns whether to try again: a pool that never connected is more likely misconfigured.
    mutating func failedToOpen(_ failure: PostgresError) -> Bool {
        lastFailure = failure
        return hasConnected && !isClosed
    }

    /// What a caller gets without waiting, or `nil` if it has to wait.
    mutating func tryAcquire() -> Grant? {
        if isClosed { return .closed }
        if let pooled = idle.popLast() {
            borrowed[ObjectIdentifier(pooled.connection)] = pooled.connection
            return .connection(pooled)
        }
        if slots < connectionsMax {
            slots += 1
            return .slot
        }
        return waiters.count < waitersMax ? nil : .refused
    }

    mutating func acquire(_ waiter: Waiter) -> Registration {
        if let grant = tryAcquire() { return .granted(grant) }
        lastID += 1
        waiters.append((lastID, waiter))
        return .waiting(id: lastID)
    }

    /// Takes a waiter out of the line; `nil` if it got something already.
    mutating func withdraw(_ id: UInt64) -> Waiter? {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return nil }
        return waiters.remove(at: index).waiter
    }

    /// A slot became a connection, which its opener holds; returns whether it may, the pool being open still.
    mutating func opened(_ pooled: PooledConnection) -> Bool {
        hasConnected = true
        lastFailure = nil
        if isClosed { return false }
        borrowed[ObjectIdentifier(pooled.connection)] = pooled.connection
        return true
    }

    /// A borrowed connection is gone; its slot stays with the caller.
    mutating func forget(_ pooled: PooledConnection) {
        borrowed[ObjectIdentifier(pooled.connection)] = nil
    }

    mutating func freeSlot() -> HandOver? {
        if !waiters.isEmpty { return .grant(waiters.removeFirst().waiter, .slot) }
        slots -= 1
        return isDrained ? .drained(takeDrained()) : nil
    }

    /// A connection that works came back; if the pool is closed, dropping it here closes it.
    mutating func giveBack(_ pooled: PooledConnection) -> HandOver? {
        if isClosed {
            forget(pooled)
            return freeSlot()
        }
        if !waiters.isEmpty { return .grant(waiters.removeFirst().waiter, .connection(pooled)) }
        forget(pooled)
        idle.append(pooled)
        return nil
    }

    /// Closes the pool to callers; returns what was idle and who waited.
    mutating func close() -> (idle: [PooledConnection], waiters: [Waiter]) {
        isClosed = true
        defer {
            slots -= idle.count
            idle = []
            waiters = []
        }
        return (idle, waiters.map(\.waiter))
    }

    /// Registers who waits for the last connection; returns whether there is none already.
    mutating func whenDrained(_ waiter: Drained) -> Bool {
        if slots == 0 { return true }
        drained.append(waiter)
        return false
    }

    /// Stops waiting for what is lent: returns who has it, and who waits for it.
    mutating func abandon() -> (borrowed: [PostgresConnection], drained: [Drained]) {
        (Array(borrowed.values), takeDrained())
    }

    private mutating func takeDrained() -> [Drained] {
        defer { drained = [] }
        return drained
    }
}
