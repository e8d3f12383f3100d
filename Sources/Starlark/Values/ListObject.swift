/// A list.
///
/// It may change while its heap is not frozen and nothing iterates over it.
struct ListObject {
    let header: ObjectHeader
    var count: Int
    var items: UnsafeMutablePointer<Value>
    var capacity: Int
    /// The heap it belongs to, or a frozen one once it was frozen alone.
    var owner: UnsafeMutablePointer<HeapState>
    /// How many loops run over it.
    var iterators: Int
}
