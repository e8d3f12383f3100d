/// Stands before a block that was taken from the system alone.
struct LargeBlock {
    var next: UnsafeMutablePointer<LargeBlock>?
    var previous: UnsafeMutablePointer<LargeBlock>?
    var bytes: Int
    /// Whether an object begins the block; else it is the storage of one.
    var isObject: Bool
    /// Whether the collection that is going on found that it is in use.
    var isMarked = false

    static let headerBytes = 32
}
