/// Owns the memory of a module's, a program's or an evaluation's objects, and keeps alive the heaps they refer to.
///
/// `@unchecked Sendable`: while a heap is being filled, one evaluation uses it and no other code has a reference that
/// leads to its memory. `freeze()` is called before a reference is handed out; after that nothing in it is written,
/// except the hash caches of strings, bytes and tuples, which are relaxed atomics that every thread would fill with
/// the same number.
final class Heap: @unchecked Sendable {
    let state: UnsafeMutablePointer<HeapState>
    private var dependencies: [Heap] = []
    private var retained: Set<ObjectIdentifier> = []
    private var natives: [AnyObject] = []
    private var frozenTwin: Heap?

    init(limit: Int) {
        state = .allocate(capacity: 1)
        state.initialize(to: HeapState(limit: limit, singles: SingleStrings.shared.strings))
        state.pointee.heap = Unmanaged.passUnretained(self)
    }

    deinit {
        state.pointee.freeAll()
        state.deallocate()
        // A long chain of modules must not free itself by recursion.
        var pending = dependencies
        dependencies = []
        while var heap = pending.popLast() {
            if isKnownUniquelyReferenced(&heap) {
                pending += heap.dependencies
                heap.dependencies = []
            }
        }
    }

    var allocator: Allocator { Allocator(state: state) }

    var isFrozen: Bool { state.pointee.isFrozen }

    /// Makes every object of the heap immutable; takes the same time whatever the heap holds.
    func freeze() { state.pointee.isFrozen = true }

    /// The owner of values of this heap that were frozen alone: the state of an empty frozen heap.
    var frozenOwner: UnsafeMutablePointer<HeapState> {
        if let frozenTwin { return frozenTwin.state }
        let twin = Heap(limit: 0)
        twin.freeze()
        frozenTwin = twin
        return twin.state
    }

    /// Keeps another heap alive as long as this one.
    func retain(_ heap: Heap) {
        guard heap !== self, retained.insert(ObjectIdentifier(heap)).inserted else { return }
        dependencies.append(heap)
    }

    /// Keeps a Swift object alive as long as this heap.
    func retain(native: AnyObject) { natives.append(native) }
}
