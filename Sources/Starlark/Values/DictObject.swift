/// A dict or a set (kind `.dict` or `.set`): keys in order of insertion.
///
/// A set's values are unbound.
struct DictObject {
    let header: ObjectHeader
    var table: Table
    /// The heap it belongs to, or a frozen one once it was frozen alone.
    var owner: UnsafeMutablePointer<HeapState>
    /// How many loops run over it.
    var iterators: Int
}
