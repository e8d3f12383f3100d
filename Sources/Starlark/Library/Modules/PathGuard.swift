/// The containers that enclose the place where a walk is, to notice cycles.
struct PathGuard {
    private let machine: Machine
    private var addresses: Set<UInt> = []
    private var charged = 0

    init(_ machine: Machine) { self.machine = machine }

    /// What an entry of the set takes at most, with the room for growing.
    private static let entryBytes = 48

    private static func isTracked(_ value: Value) -> Bool {
        switch value.kind {
        case .list, .dict, .structure, .record: true
        case .tuple: !value.tupleItems.isEmpty
        default: false
        }
    }

    /// Notes a container; false when the walk is inside it already.
    mutating func enter(_ value: Value) throws(StarlarkError) -> Bool {
        guard PathGuard.isTracked(value) else { return true }
        try machine.heap.state.pointee.charge(PathGuard.entryBytes)
        charged += PathGuard.entryBytes
        return addresses.insert(value.raw).inserted
    }

    /// Forgets a container.
    mutating func leave(_ value: Value) {
        guard PathGuard.isTracked(value) else { return }
        addresses.remove(value.raw)
    }

    /// Must be called once at the end.
    mutating func free() {
        machine.heap.state.pointee.used -= charged
        charged = 0
    }
}
