import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Memory from the system.
///
/// Blocks of megabytes lie in huge pages: mapping in and clearing 4 KiB at a time takes longer than most of what
/// programs do with the memory. Where huge pages come slowly, because the system must first make room for them or is
/// itself given memory piece by piece, the next blocks do without.
enum SystemMemory {
    private static let hugePageBytes = 2 << 20
    /// A page that takes longer than this, in the thread's own time, saved nothing.
    private static let slowNanoseconds = 1_000_000
    /// How many blocks do without after a slow one.
    private static let pauseBlocks = 8
    /// How many blocks are still to do without.
    private static let pause = Atomic(0)

    /// Nil when the system has none.
    static func take(_ bytes: Int) -> UnsafeMutableRawPointer? {
        guard bytes >= hugePageBytes else { return malloc(bytes) }
        if pause.load(ordering: .relaxed) > 0 {
            pause.subtract(1, ordering: .relaxed)
            return malloc(bytes)
        }
        var place: UnsafeMutableRawPointer?
        guard posix_memalign(&place, hugePageBytes, bytes) == 0, let place else { return nil }
        // A system without huge pages refuses the advice, and then it changes nothing.
        if madvise(place, bytes, MADV_HUGEPAGE) == 0 { touch(place, bytes) }
        return place
    }

    /// Maps the pages in; when one is slow, the rest of the block and the next blocks do without huge pages.
    private static func touch(_ block: UnsafeMutableRawPointer, _ bytes: Int) {
        var time = threadNanoseconds()
        for offset in stride(from: 0, to: bytes, by: hugePageBytes) {
            block.storeBytes(of: 0, toByteOffset: offset, as: UInt8.self)
            let start = time
            time = threadNanoseconds()
            if time - start > slowNanoseconds {
                madvise(block + offset, bytes - offset, MADV_NOHUGEPAGE)
                pause.store(pauseBlocks, ordering: .relaxed)
                return
            }
        }
    }

    private static func threadNanoseconds() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }

    private static let pageBytes = UInt(max(sysconf(Int32(_SC_PAGESIZE)), 1))

    /// Takes the pages from a block that is about to be given back, which otherwise keep them until another block fits.
    ///
    /// Those at its ends stay: they may hold more than the block.
    static func dropPages(of block: UnsafeMutableRawPointer, bytes: Int) {
        let address = UInt(bitPattern: block)
        let start = (address + pageBytes - 1) / pageBytes * pageBytes
        let end = (address + UInt(bytes)) / pageBytes * pageBytes
        guard start < end, let place = UnsafeMutableRawPointer(bitPattern: start) else { return }
        // Where it is refused, the pages stay.
        _ = madvise(place, Int(end - start), MADV_DONTNEED)
    }

    static func giveBack(_ block: UnsafeMutableRawPointer) { free(block) }

    /// Moves a block to one of another size, page by page when it is large; nil, and the old one is as it was, when the
    /// system has none.
    static func resize(_ block: UnsafeMutableRawPointer, to bytes: Int) -> UnsafeMutableRawPointer? {
        realloc(block, bytes)
    }
}
