/// A list of distinct names: those of a call's keyword arguments, or of a structure's fields.
///
/// The names (strings) follow in memory, then their sorted order as indices. A structure's names are sorted
/// already (`isSorted`).
struct NamesObject {
    let header: ObjectHeader
    let count: Int
    /// The same names sorted, as fields of a structure; nil when not prepared.
    let sorted: UnsafeMutablePointer<NamesObject>?

    static let itemsOffset = MemoryLayout<NamesObject>.size

    @inline(__always)
    static func items(_ names: UnsafeMutablePointer<NamesObject>) -> UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(names) + itemsOffset).assumingMemoryBound(to: Value.self)
    }

    /// For names with `sorted`: where each sorted name stands in the original list.
    @inline(__always)
    static func order(_ names: UnsafeMutablePointer<NamesObject>) -> UnsafeMutablePointer<UInt32> {
        (UnsafeMutableRawPointer(names) + itemsOffset + names.pointee.count * MemoryLayout<Value>.size)
            .assumingMemoryBound(to: UInt32.self)
    }
}
