/// Stands before the bytes of a string that grows by repeated `+`: all prefixes share it.
struct GrowthBuffer {
    let capacity: Int
    var used: Int
    /// The heap that made it: only that heap may append, and only while it is not frozen.
    let owner: UnsafeMutablePointer<HeapState>

    static let size = MemoryLayout<GrowthBuffer>.stride
}
