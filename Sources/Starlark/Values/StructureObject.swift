/// `struct(…)` (kind `.structure`) or a host's record (kind `.record`): values in the order of `names`, following in
/// memory.
struct StructureObject {
    var header: ObjectHeader
    /// Field names; sorted for a structure, in the host's order for a record.
    let names: UnsafeMutablePointer<NamesObject>
    /// A structure's constructor (unbound: `struct`), or a record's type name: a string, or a tuple of that and the
    /// record's own name.
    let constructor: Value
    /// A record that may be assigned to: the heap it belongs to, and which fields (see `settable`).
    var owner: UnsafeMutablePointer<HeapState>?
    /// Names of the fields that may be assigned.
    let settable: UnsafeMutablePointer<NamesObject>?

    static let itemsOffset = MemoryLayout<StructureObject>.size

    @inline(__always)
    static func items(_ structure: UnsafeMutablePointer<StructureObject>) -> UnsafeMutablePointer<Value> {
        (UnsafeMutableRawPointer(structure) + itemsOffset).assumingMemoryBound(to: Value.self)
    }
}
