/// Stands before a block that was taken from the system alone.
struct LargeBlock {
    var next: UnsafeMutablePointer<LargeBlock>?
    var previous: UnsafeMutablePointer<LargeBlock>?
    var bytes: Int

    static let headerBytes = 32
}
