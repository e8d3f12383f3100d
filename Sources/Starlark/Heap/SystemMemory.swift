#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Memory from the system; `free` gives it back.
///
/// Blocks of megabytes lie in huge pages: mapping in and clearing 4 KiB at a time takes longer than most of what
/// programs do with the memory.
enum SystemMemory {
    private static let hugePageBytes = 2 << 20

    /// Nil when the system has none.
    static func take(_ bytes: Int) -> UnsafeMutableRawPointer? {
        guard bytes >= hugePageBytes else { return malloc(bytes) }
        var place: UnsafeMutableRawPointer?
        guard posix_memalign(&place, hugePageBytes, bytes) == 0, let place else { return nil }
        // A system without huge pages refuses the advice, and then it changes nothing.
        madvise(place, bytes, MADV_HUGEPAGE)
        return place
    }

    static func giveBack(_ block: UnsafeMutableRawPointer) { free(block) }

    /// Moves a block to one of another size, page by page when it is large; nil, and the old one is as it was, when the
    /// system has none.
    static func resize(_ block: UnsafeMutableRawPointer, to bytes: Int) -> UnsafeMutableRawPointer? {
        realloc(block, bytes)
    }
}
