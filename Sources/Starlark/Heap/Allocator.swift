/// Makes objects in one heap.
///
/// A handle of one word: pass it by value.
///
/// Every method that takes room may throw `.memoryLimit`, before anything is taken.
struct Allocator {
    let state: UnsafeMutablePointer<HeapState>

    @inline(__always)
    func allocate(_ bytes: Int) throws(StarlarkError) -> UnsafeMutableRawPointer {
        try state.pointee.allocate(bytes)
    }

    /// Room for `count` trivial values of a type with a stride that is a multiple of 8 (or small counts of others).
    func allocate<T: BitwiseCopyable>(
        _ type: T.Type, count: Int
    ) throws(StarlarkError) -> UnsafeMutablePointer<T> {
        let bytes = try byteCount(count, of: MemoryLayout<T>.stride)
        return try state.pointee.allocateStorage(bytes).bindMemory(to: type, capacity: count)
    }

    /// `count * stride`, refused when it is beyond any limit.
    @inline(__always)
    func byteCount(_ count: Int, of stride: Int) throws(StarlarkError) -> Int {
        guard count >= 0, count <= HeapState.allocationBytesMax / stride else { throw state.pointee.overLimit }
        return count * stride
    }

    /// Counts bytes that a library function takes outside the heap for as long as the body runs.
    func withRoom<Result>(
        bytes: Int, _ body: () throws(StarlarkError) -> Result
    ) throws(StarlarkError) -> Result {
        try state.pointee.charge(bytes)
        defer { state.pointee.used -= bytes }
        return try body()
    }

    /// Copies values to storage of the heap.
    func copy(_ values: UnsafeBufferPointer<Value>) throws(StarlarkError) -> UnsafeMutablePointer<Value> {
        let place = try allocate(Value.self, count: values.count)
        if let base = values.baseAddress { place.update(from: base, count: values.count) }
        return place
    }
}
