/// Runs Starlark code on one thread.
///
/// A handle of one word: pass it by value.
///
/// The state behind it belongs to an `Evaluation` and is valid as long as that is. Nothing here may be used by two
/// threads at once.
struct Machine {
    let core: UnsafeMutablePointer<MachineCore>

    /// Makes objects in the evaluation's heap.
    var heap: Allocator {
        @inline(__always) get { core.pointee.heap }
    }

    /// Charges work: call it before a builtin does `steps` rounds of anything.
    ///
    /// - Throws: `.stepLimit`, `.deadline` or `.cancelled`.
    @inline(__always)
    func spend(_ steps: Int) throws(StarlarkError) {
        core.pointee.fuel &-= steps
        if core.pointee.fuel < 0 { try refuel() }
    }

    /// Charges work on so many bytes: one step for 64.
    @inline(__always)
    func spend(bytes: Int) throws(StarlarkError) { try spend(bytes >> 6) }

    /// Charges work on every character of a string: outside ASCII each is looked up in tables.
    func spend(characters text: Value) throws(StarlarkError) {
        let count = text.string.count
        try spend(text.isASCII ? count >> 6 : count >> 2)
    }

    /// Charges the sorting of so many texts with so many bytes in all, which may begin alike.
    func spendSort(count: Int, bytes: Int) throws(StarlarkError) {
        let rounds = Int.bitWidth - count.leadingZeroBitCount
        try spend((count >> 1 + bytes >> 6) * rounds)
    }

    /// Checks the limits and takes the next portion of steps.
    @inline(never)
    func refuel() throws(StarlarkError) { try core.pointee.refuel() }

    /// The same where every value that is in use stands in a register, or is about to be called.
    @inline(never)
    func pause(_ callee: Value = .unbound) throws(StarlarkError) {
        try core.pointee.refuel()
        if core.pointee.mayCollect { Collector.collect(self, callee) }
    }
}
