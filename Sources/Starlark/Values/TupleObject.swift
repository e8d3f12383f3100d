/// A tuple; the items follow in memory.
struct TupleObject {
    /// The hash is cached.
    var header: ObjectHeader
    let count: Int

    static let itemsOffset = MemoryLayout<TupleObject>.size

    @inline(__always)
    static func items(_ tuple: UnsafeMutablePointer<TupleObject>) -> UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(tuple) + itemsOffset).assumingMemoryBound(to: Value.self)
    }
}
