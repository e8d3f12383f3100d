/// A function written in Swift.
struct BuiltinObject {
    let header: ObjectHeader
    /// Lives as long as the heap, or for ever when it belongs to the library.
    let builtin: UnsafePointer<Builtin>
    let owner: UnsafeMutablePointer<HeapState>
}
