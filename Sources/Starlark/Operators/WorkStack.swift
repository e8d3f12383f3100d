/// A stack for walking nested values without recursion.
///
/// Its memory is counted against the heap's limit while it exists, and its height is bounded; the first few entries
/// stand in memory of the machine's heap state only when they are needed.
struct WorkStack<Element: BitwiseCopyable> {
    private let machine: Machine
    private var base: UnsafeMutablePointer<Element>?
    private var capacity = 0
    private(set) var count = 0

    /// How deep values may nest for printing, comparing, hashing and encoding.
    static var heightMax: Int { 1 << 20 }

    init(_ machine: Machine) { self.machine = machine }

    var isEmpty: Bool { count == 0 }

    /// The topmost entry, valid until the next push; only when not empty.
    var last: UnsafeMutablePointer<Element> { base.unsafelyUnwrapped + (count - 1) }

    subscript(index: Int) -> UnsafeMutablePointer<Element> { base.unsafelyUnwrapped + index }

    mutating func push(_ element: Element) throws(StarlarkError) {
        if count == capacity { try grow() }
        (base.unsafelyUnwrapped + count).initialize(to: element)
        count += 1
    }

    mutating func pop() { count -= 1 }

    private mutating func grow() throws(StarlarkError) {
        guard count < Self.heightMax else {
            throw StarlarkError(.depthLimit, "maximum recursion depth exceeded: values nest more than \(count) deep")
        }
        let room = max(16, capacity * 2)
        let stride = MemoryLayout<Element>.stride
        try machine.heap.state.pointee.charge((room - capacity) * stride)
        let place = UnsafeMutablePointer<Element>.allocate(capacity: room)
        if let base {
            place.update(from: base, count: count)
            base.deallocate()
        }
        base = place
        capacity = room
    }

    /// Must be called once at the end.
    mutating func free() {
        base?.deallocate()
        base = nil
        machine.heap.state.pointee.used -= capacity * MemoryLayout<Element>.stride
        capacity = 0
    }
}
