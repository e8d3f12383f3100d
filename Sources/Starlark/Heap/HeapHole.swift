/// Stands in memory of a chunk that a collection found to be free.
struct HeapHole {
    let next: UnsafeMutablePointer<HeapHole>?
    let end: UnsafeMutableRawPointer
    /// Those of its chunk.
    let starts: AddressBits

    /// Smaller runs of free memory wait until what is beside them is free too.
    static let bytesMin: UInt = 128
}
