#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// The memory of one heap: small objects are cut from chunks, large blocks are taken from the system one by one.
///
/// Everything is freed at once, with no object looked at; before that, a collection (see `Collector`) makes holes of
/// what the program can no longer reach. It lives behind a pointer that never moves, because objects refer to it as
/// their owner.
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

    // Those that follow are written here and by collections alone.
    var chunks: UnsafeMutablePointer<HeapChunk>?
    private(set) var blocks: UnsafeMutablePointer<LargeBlock>?
    private var nextChunkBytes = HeapState.firstChunkBytes
    /// Bytes of blocks given back whose pages the process may still have, because no later block fitted there.
    private var idle = 0

    /// Where objects start in the chunk of `cursor`.
    private var starts = AddressBits()
    /// Free memory of chunks, without that at `cursor`.
    var holes: UnsafeMutablePointer<HeapHole>?
    /// Where the memory at `cursor` began.
    var start: UnsafeMutableRawPointer
    /// Bytes taken for objects since the last collection, without those since `start`.
    var consumed = 0
    /// A collection pays when at least so many bytes were taken since the last.
    var collectionBytes = HeapState.collectionBytes
    var collectionBytesMin = HeapState.collectionBytes
    /// What runs in the heap while it is not frozen.
    var machine: UnsafeMutablePointer<MachineCore>?
    /// Whether something beside the heap and the machine refers to an object: then no collection can know what is in
    /// use.
    var isHeldOutside = false

    static let firstChunkBytes = 8 << 10
    static let lastChunkBytes = 4 << 20
    #if STARLARK_SINGLE_CHUNKS
        static let collectionBytes = 1 << 10
    #else
        /// Small enough that what is used again and again stays in the processor's cache.
        static let collectionBytes = 1 << 20
    #endif
    /// From this size on a block is taken from the system alone, and can be freed or moved alone.
    static let largeBytesMin = 32 << 10
    /// `idle` may be this part of the limit.
    private static let idleShare = 16
    /// No single allocation may be larger, whatever the limit says: sizes stay far from overflow.
    static let allocationBytesMax = 1 << 40

    init(limit: Int, singles: UnsafePointer<Value>) {
        self.limit = limit
        self.singles = singles
        // An empty chunk: the first allocation takes the slow path.
        cursor = UnsafeMutableRawPointer(mutating: singles)
        end = cursor
        start = cursor
    }

    /// Room for an object of `bytes`, aligned to 8, uninitialised: the caller makes the object at once.
    @inline(__always)
    mutating func allocate(_ bytes: Int) throws(StarlarkError) -> UnsafeMutableRawPointer {
        let rounded = (bytes &+ 7) & ~7
        let place = cursor
        if rounded <= end - place {
            cursor = place + rounded
            starts.insert(UInt(bitPattern: place))
            return place
        }
        return try allocateSlowly(rounded, isObject: true)
    }

    /// Room of an object, or of several; `grow`, `shrink` and `release` may be asked about it.
    @inline(__always)
    mutating func allocateStorage(_ bytes: Int) throws(StarlarkError) -> UnsafeMutableRawPointer {
        let rounded = (bytes &+ 7) & ~7
        let place = cursor
        if rounded < HeapState.largeBytesMin, rounded <= end - place {
            cursor = place + rounded
            return place
        }
        return try allocateSlowly(rounded, isObject: false)
    }

    /// Makes storage that was just taken, or has just grown, an object, which is a float until it becomes something
    /// else.
    @inline(__always)
    mutating func beginObject(_ storage: UnsafeMutableRawPointer, bytes: Int) {
        storage.bindMemory(to: ObjectHeader.self, capacity: 1).initialize(to: ObjectHeader(.float))
        if (bytes &+ 7) & ~7 < HeapState.largeBytesMin {
            starts.insert(UInt(bitPattern: storage))
        } else {
            HeapState.block(storage).pointee.isObject = true
        }
    }

    @inline(never)
    private mutating func allocateSlowly(
        _ bytes: Int, isObject: Bool
    ) throws(StarlarkError) -> UnsafeMutableRawPointer {
        if bytes >= HeapState.largeBytesMin { return try allocateLarge(bytes, isObject: isObject) }
        if !takeHole(bytes) { try takeChunk(bytes) }
        let place = cursor
        cursor += bytes
        if isObject { starts.insert(UInt(bitPattern: place)) }
        return place
    }

    /// Goes on in the next hole that is large enough; smaller ones wait for the next collection.
    private mutating func takeHole(_ bytes: Int) -> Bool {
        while let hole = holes {
            holes = hole.pointee.next
            let place = UnsafeMutableRawPointer(hole)
            if hole.pointee.end - place >= bytes {
                moveCursor(to: place, hole.pointee.end, hole.pointee.starts)
                return true
            }
            consumed += hole.pointee.end - place
        }
        return false
    }

    /// Goes on in a new chunk.
    private mutating func takeChunk(_ bytes: Int) throws(StarlarkError) {
        var size = nextChunkBytes
        while size < bytes + HeapChunk.overheadBytes(size) { size *= 2 }
        // Close to the limit a smaller chunk may still fit.
        while size > limit - used, size / 2 >= bytes + HeapChunk.overheadBytes(size / 2) { size /= 2 }
        #if STARLARK_SINGLE_CHUNKS
            size = bytes
            while size < bytes + HeapChunk.overheadBytes(size) { size += 8 }
        #endif
        try charge(size)
        guard let memory = SystemMemory.take(size) else { throw outOfMemory(size) }
        let chunk = HeapChunk.start(memory, bytes: size)
        chunk.pointee.next = chunks
        chunks = chunk
        nextChunkBytes = min(size * 2, HeapState.lastChunkBytes)
        moveCursor(to: memory + HeapChunk.overheadBytes(size), memory + size, HeapChunk.starts(chunk))
    }

    /// As if there were no chunk.
    mutating func leaveChunk() {
        let nowhere = UnsafeMutableRawPointer(mutating: singles)
        moveCursor(to: nowhere, nowhere, AddressBits())
    }

    private mutating func noteConsumed(_ bytes: Int) {
        consumed += bytes
        if consumed >= collectionBytes, !isHeldOutside, !isFrozen { machine?.pointee.hurry() }
    }

    private mutating func moveCursor(
        to place: UnsafeMutableRawPointer, _ newEnd: UnsafeMutableRawPointer, _ newStarts: AddressBits
    ) {
        noteConsumed(end - start)
        start = place
        cursor = place
        end = newEnd
        starts = newStarts
    }

    /// A block of its own, which `grow` and `release` can give back.
    @inline(never)
    private mutating func allocateLarge(
        _ bytes: Int, isObject: Bool
    ) throws(StarlarkError) -> UnsafeMutableRawPointer {
        try charge(bytes)
        noteConsumed(bytes)
        guard let raw = SystemMemory.take(bytes + LargeBlock.headerBytes) else { throw outOfMemory(bytes) }
        let block = raw.bindMemory(to: LargeBlock.self, capacity: 1)
        block.initialize(to: LargeBlock(next: blocks, previous: nil, bytes: bytes, isObject: isObject))
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
        let block = HeapState.block(old)
        let oldBytes = block.pointee.bytes
        try charge(bytes - oldBytes)
        guard let raw = SystemMemory.resize(block, to: bytes + LargeBlock.headerBytes) else { throw outOfMemory(bytes) }
        let moved = raw.assumingMemoryBound(to: LargeBlock.self)
        moved.pointee.bytes = bytes
        noteConsumed(bytes - oldBytes)
        if let previous = moved.pointee.previous { previous.pointee.next = moved } else { blocks = moved }
        moved.pointee.next?.pointee.previous = moved
        return raw + LargeBlock.headerBytes
    }

    /// Gives storage up; only large blocks go back to the system before the heap does.
    mutating func release(_ storage: UnsafeMutableRawPointer, bytes: Int) {
        let rounded = (bytes &+ 7) & ~7
        guard rounded >= HeapState.largeBytesMin else {
            if storage + rounded == cursor {
                cursor = storage
                starts.remove(UInt(bitPattern: storage))
            }
            return
        }
        let block = HeapState.block(storage)
        used -= block.pointee.bytes
        if let previous = block.pointee.previous {
            previous.pointee.next = block.pointee.next
        } else {
            blocks = block.pointee.next
        }
        block.pointee.next?.pointee.previous = block.pointee.previous
        giveBack(block)
    }

    /// Without the pages of all but the first few blocks: where no later block fits they would be kept, beyond the limit.
    private mutating func giveBack(_ block: UnsafeMutablePointer<LargeBlock>) {
        let bytes = block.pointee.bytes
        if bytes <= limit / HeapState.idleShare - idle {
            idle += bytes
        } else {
            SystemMemory.dropPages(of: block, bytes: bytes + LargeBlock.headerBytes)
        }
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

    static func block(_ storage: UnsafeMutableRawPointer) -> UnsafeMutablePointer<LargeBlock> {
        (storage - LargeBlock.headerBytes).assumingMemoryBound(to: LargeBlock.self)
    }

    /// Frees everything.
    mutating func freeAll() {
        while let chunk = chunks {
            chunks = chunk.pointee.next
            free(chunk)
        }
        while let block = blocks {
            blocks = block.pointee.next
            free(block)
        }
    }
}
