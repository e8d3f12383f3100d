/// A list.
///
/// It may change while its heap is not frozen and nothing iterates over it.
struct ListObject {
    let header: ObjectHeader
    var count: Int
    var items: UnsafeMutablePointer<Value>
    var capacity: Int
    let owner: UnsafeMutablePointer<HeapState>
    /// How many loops run over it.
    var iterators: Int
}
