/// Limbs for the middle of a computation, counted against the heap's limit while they exist.
struct LimbScratch {
    let limbs: UnsafeMutablePointer<UInt>
    let count: Int
    private let machine: Machine

    /// Zeros.
    init(_ machine: Machine, count: Int) throws(StarlarkError) {
        try machine.heap.state.pointee.charge(machine.heap.byteCount(count, of: 8))
        self.machine = machine
        self.count = count
        limbs = .allocate(capacity: count)
        limbs.initialize(repeating: 0, count: count)
    }

    /// Must be called once.
    func free() {
        limbs.deallocate()
        machine.heap.state.pointee.used -= count * 8
    }
}
