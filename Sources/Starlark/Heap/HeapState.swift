#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The memory of one heap: small objects are cut from chunks, large blocks are taken from the system one by one.
///
/// Everything is freed at once, with no object looked at. It lives behind a pointer that never moves, because
/// objects refer to it as their owner.
struct HeapState {
    /// Where the next small object goes, and the end of the chunk.
    var cursor: UnsafeMutableRawPointer
    var end: UnsafeMutableRawPointer

    /// Set once, before the heap is shared: from then on no object of it may change.
    var isFrozen = false

    /// Bytes taken from the system, and the most that may be.
    var used = 0
    var limit: Int

    /// The empty string at 256 and one string for every byte before it.
    let singles: UnsafePointer<Value>

    /// The heap whose state this is.
    var heap: Unmanaged<Heap>?

    private var chunks: UnsafeMutableRawPointer?
    private var blocks: UnsafeMutablePointer<LargeBlock>?
    private var nextChunkBytes = HeapState.firstChunkBytes

    static let firstChunkBytes = 8 << 10
    static let lastChunkBytes = 4 << 20
    /// From this size on a block is taken from the system alone, and can be freed or moved alone.
    static let largeBytesMin = 32 << 10
    /// No single allocation may be larger, whatever the limit says: sizes stay far from overflow.
    static let allocationBytesMax = 1 << 40

    init(limit: Int, singles: UnsafePointer<Value>) {
        self.limit = limit
        self.singles = singles
        // An empty chunk: the first allocation takes the slow path.
        cursor = UnsafeMutableRawPointer(mutating: singles)
        end = cursor
    }

    /// Room for `bytes`, aligned to 8, uninitialised.
    @inline(__always)
    mutating func allocate(_ bytes: Int) throws(StarlarkError) -> UnsafeMutableRawPointer {
        let rounded = (bytes &+ 7) & ~7
        let place = cursor
        if rounded <= end - place {
            cursor = place + rounded
            return place
        }
        return try allocateSlowly(rounded)
    }

    /// Room that `grow`, `shrink` and `release` may be asked about.
    @inline(__always)
    mutating func allocateStorage(_ bytes: Int) throws(StarlarkError) -> UnsafeMutableRawPointer {
        let rounded = (bytes &+ 7) & ~7
        return rounded >= HeapState.largeBytesMin ? try allocateLarge(rounded) : try allocate(rounded)
    }

    @inline(never)
    private mutating func allocateSlowly(_ bytes: Int) throws(StarlarkError) -> UnsafeMutableRawPointer {
        if bytes >= HeapState.largeBytesMin { return try allocateLarge(bytes) }
        var size = nextChunkBytes
        while size < bytes + 16 { size *= 2 }
        // Close to the limit a smaller chunk may still fit.
        while size > limit - used, size / 2 >= bytes + 16 { size /= 2 }
        #if STARLARK_SINGLE_CHUNKS
            size = bytes + 16
        #endif
        try charge(size)
        guard let chunk = SystemMemory.take(size) else { throw outOfMemory(size) }
        chunk.storeBytes(of: chunks, as: UnsafeMutableRawPointer?.self)
        chunks = chunk
        nextChunkBytes = min(size * 2, HeapState.lastChunkBytes)
        cursor = chunk + 16 + bytes
        end = chunk + size
        return chunk + 16
    }

    /// A block of its own, which `grow` and `release` can give back.
    @inline(never)
    private mutating func allocateLarge(_ bytes: Int) throws(StarlarkError) -> UnsafeMutableRawPointer {
        try charge(bytes)
        guard let raw = SystemMemory.take(bytes + LargeBlock.headerBytes) else { throw outOfMemory(bytes) }
        let block = raw.bindMemory(to: LargeBlock.self, capacity: 1)
        block.initialize(to: LargeBlock(next: blocks, previous: nil, bytes: bytes))
        blocks?.pointee.previous = block
        blocks = block
        return raw + LargeBlock.headerBytes
    }

    /// Moves storage of a container to a larger place; the old place is given up.
    mutating func grow(
        _ old: UnsafeMutableRawPointer, from oldBytes: Int, to bytes: Int
    ) throws(StarlarkError) -> UnsafeMutableRawPointer {
        let oldRounded = (oldBytes &+ 7) & ~7
        let rounded = (bytes &+ 7) & ~7
        if oldRounded >= HeapState.largeBytesMin { return try growLarge(old, to: rounded) }
        if old + oldRounded == cursor, rounded - oldRounded <= end - cursor, rounded < HeapState.largeBytesMin {
            cursor = old + rounded
            return old
        }
        let place = try allocateStorage(rounded)
        place.copyMemory(from: old, byteCount: oldBytes)
        return place
    }

    private mutating func growLarge(
        _ old: UnsafeMutableRawPointer, to bytes: Int
    ) throws(StarlarkError) -> UnsafeMutableRawPointer {
        let block = (old - LargeBlock.headerBytes).assumingMemoryBound(to: LargeBlock.self)
        let oldBytes = block.pointee.bytes
        try charge(bytes - oldBytes)
        guard let raw = SystemMemory.resize(block, to: bytes + LargeBlock.headerBytes) else { throw outOfMemory(bytes) }
        let moved = raw.assumingMemoryBound(to: LargeBlock.self)
        moved.pointee.bytes = bytes
        if let previous = moved.pointee.previous { previous.pointee.next = moved } else { blocks = moved }
        moved.pointee.next?.pointee.previous = moved
        return raw + LargeBlock.headerBytes
    }

    /// Gives storage up; only large blocks go back to the system before the heap does.
    mutating func release(_ storage: UnsafeMutableRawPointer, bytes: Int) {
        let rounded = (bytes &+ 7) & ~7
        guard rounded >= HeapState.largeBytesMin else {
            if storage + rounded == cursor { cursor = storage }
            return
        }
        let block = (storage - LargeBlock.headerBytes).assumingMemoryBound(to: LargeBlock.self)
        used -= block.pointee.bytes
        if let previous = block.pointee.previous {
            previous.pointee.next = block.pointee.next
        } else {
            blocks = block.pointee.next
        }
        block.pointee.next?.pointee.previous = block.pointee.previous
        free(block)
    }

    /// Gives up the end of the newest small allocation; others keep it.
    mutating func shrink(_ storage: UnsafeMutableRawPointer, from oldBytes: Int, to bytes: Int) {
        let oldRounded = (oldBytes &+ 7) & ~7
        if oldRounded < HeapState.largeBytesMin, storage + oldRounded == cursor {
            cursor = storage + ((bytes &+ 7) & ~7)
        }
    }

    /// Counts bytes against the limit before they are taken, also those a library function takes outside the heap.
    mutating func charge(_ bytes: Int) throws(StarlarkError) {
        guard bytes <= HeapState.allocationBytesMax, bytes <= limit - used else {
            throw overLimit
        }
        used += bytes
    }

    /// What is thrown when the limit does not allow more.
    var overLimit: StarlarkError {
        @inline(never) get { StarlarkError(.memoryLimit, "out of memory: the limit is \(limit) bytes") }
    }

    private func outOfMemory(_ bytes: Int) -> StarlarkError {
        StarlarkError(.memoryLimit, "out of memory: the system refused \(bytes) bytes")
    }

    /// Frees everything.
    mutating func freeAll() {
        while let chunk = chunks {
            chunks = chunk.load(as: UnsafeMutableRawPointer?.self)
            free(chunk)
        }
        while let block = blocks {
            blocks = block.pointee.next
            free(block)
        }
    }
}
