#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// When a collection pays, and what it does with the memory it finds free.
extension HeapState {
    /// Whether so much was taken for objects that a collection pays.
    var isFull: Bool { consumed + (cursor - start) >= collectionBytes }

    /// Puts the next collection off until so many bytes were taken for objects.
    mutating func postponeCollection(bytes: Int) {
        consumed = 0
        start = cursor
        collectionBytes = max(bytes, collectionBytesMin)
    }

    /// Frees the large blocks, and makes holes of the runs of memory in chunks, that are not in use.
    mutating func sweep(_ map: HeapMap) {
        chunks = nil
        holes = nil
        // What is left at the cursor is among the runs. The cursor stays in its chunk, without room.
        cursor = end
        for region in map.regions {
            if let block = region.block, block.pointee.isMarked {
                block.pointee.isMarked = false
            } else if let block = region.block {
                release(UnsafeMutableRawPointer(block) + LargeBlock.headerBytes, bytes: block.pointee.bytes)
            } else if let chunk = region.chunk {
                sweep(region, chunk)
            }
        }
    }

    private mutating func sweep(_ region: HeapRegion, _ chunk: UnsafeMutablePointer<HeapChunk>) {
        #if STARLARK_SINGLE_CHUNKS
            // The sanitizer is to see who uses the object all the same.
            if region.isFree {
                let room = region.room
                if room.contains(UInt(bitPattern: cursor) - 1) { leaveChunk() }
                used -= chunk.pointee.bytes
                free(chunk)
                return
            }
        #endif
        var holes = holes
        region.eachFreeRun { run in
            guard run.upperBound - run.lowerBound >= HeapHole.bytesMin,
                let place = UnsafeMutableRawPointer(bitPattern: run.lowerBound),
                let end = UnsafeMutableRawPointer(bitPattern: run.upperBound)
            else { return }
            let hole = place.bindMemory(to: HeapHole.self, capacity: 1)
            hole.initialize(to: HeapHole(next: holes, end: end, starts: region.starts))
            holes = hole
        }
        self.holes = holes
        chunk.pointee.next = chunks
        chunks = chunk
    }
}
