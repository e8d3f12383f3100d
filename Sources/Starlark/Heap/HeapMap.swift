/// The chunks and large blocks of a heap in the order of their addresses, for one collection.
struct HeapMap {
    private(set) var regions: UnsafeMutableBufferPointer<HeapRegion>
    private let words: UnsafeMutablePointer<UInt>
    private let bytes: Int
    private let state: UnsafeMutablePointer<HeapState>
    /// Where the last address was: the next is often there too.
    private var recent: UnsafePointer<HeapRegion>

    /// Nil when its own memory would be too much for the heap's limit.
    init?(_ state: UnsafeMutablePointer<HeapState>) {
        var count = 0
        var wordCount = 0
        var chunk = state.pointee.chunks
        while let current = chunk {
            count += 1
            wordCount += AddressBits.countMax(bytes: current.pointee.bytes)
            chunk = current.pointee.next
        }
        var block = state.pointee.blocks
        while let current = block {
            count += 1
            block = current.pointee.next
        }
        bytes = count * MemoryLayout<HeapRegion>.stride + wordCount * MemoryLayout<UInt>.stride
        guard count > 0, bytes <= state.pointee.limit - state.pointee.used else { return nil }
        state.pointee.used += bytes
        self.state = state
        words = .allocate(capacity: wordCount)
        words.initialize(repeating: 0, count: wordCount)
        let base = UnsafeMutablePointer<HeapRegion>.allocate(capacity: count)
        regions = UnsafeMutableBufferPointer(start: base, count: count)
        recent = UnsafePointer(base)
        fill()
        regions.sort { $0.room.lowerBound < $1.room.lowerBound }
    }

    private func fill() {
        var place = 0
        var free = words
        var chunk = state.pointee.chunks
        while let current = chunk {
            let live = AddressBits(UnsafeMutableRawPointer(free), from: UInt(bitPattern: current))
            regions.initializeElement(at: place, to: HeapRegion(current, live: live))
            free += AddressBits.countMax(bytes: current.pointee.bytes)
            place += 1
            chunk = current.pointee.next
        }
        var block = state.pointee.blocks
        while let current = block {
            regions.initializeElement(at: place, to: HeapRegion(current))
            place += 1
            block = current.pointee.next
        }
    }

    /// The region whose room an address is in.
    @inline(__always)
    mutating func region(of address: UInt) -> UnsafePointer<HeapRegion>? {
        recent.pointee.room.contains(address) ? recent : search(address)
    }

    private mutating func search(_ address: UInt) -> UnsafePointer<HeapRegion>? {
        var low = 0
        var high = regions.count
        while low < high {
            let middle = (low + high) / 2
            if regions[middle].room.upperBound <= address { low = middle + 1 } else { high = middle }
        }
        guard low < regions.count, regions[low].room.contains(address), let base = regions.baseAddress else {
            return nil
        }
        recent = UnsafePointer(base + low)
        return recent
    }

    /// Must be called once.
    func free() {
        regions.deallocate()
        words.deallocate()
        state.pointee.used -= bytes
    }
}
