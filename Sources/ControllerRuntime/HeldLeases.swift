import Store
import Synchronization

/// The leases that a work loop works on now.
final class HeldLeases: Sendable {
    private let leases = Mutex<[String: WorkLease]>([:])

    /// How many are held.
    var count: Int { leases.withLock(\.count) }

    /// All of them.
    var all: [WorkLease] { leases.withLock { Array($0.values) } }

    /// Adds a lease.
    func insert(_ lease: WorkLease) {
        leases.withLock { $0[lease.key] = lease }
    }

    /// Takes a lease out when its work has ended.
    func remove(_ lease: WorkLease) {
        leases.withLock { if $0[lease.key]?.fence == lease.fence { $0[lease.key] = nil } }
    }
}
