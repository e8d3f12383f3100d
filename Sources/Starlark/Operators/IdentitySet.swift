/// Objects that were met on a walk, told apart by their addresses; counted against the heap's limit while it exists.
struct IdentitySet {
    private let machine: Machine
    private var addresses: Set<UInt> = []
    /// How many have been paid for.
    private var room = 0

    /// What an entry takes at most, with the room for growing.
    private static let entryBytes = 40

    init(_ machine: Machine) { self.machine = machine }

    /// Adds an object; false when it is there already.
    mutating func insert(_ value: Value) throws(StarlarkError) -> Bool {
        if addresses.count == room {
            let more = max(4, room)
            try machine.heap.state.pointee.charge(more * IdentitySet.entryBytes)
            room += more
        }
        return addresses.insert(value.raw).inserted
    }

    func contains(_ value: Value) -> Bool { addresses.contains(value.raw) }

    mutating func remove(_ value: Value) { addresses.remove(value.raw) }

    /// Must be called once at the end.
    mutating func free() {
        addresses = []
        machine.heap.state.pointee.used -= room * IdentitySet.entryBytes
        room = 0
    }
}
