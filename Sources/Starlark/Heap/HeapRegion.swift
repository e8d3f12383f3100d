/// A chunk or a large block, as a collection sees it.
struct HeapRegion {
    /// Where objects and storage stand.
    let room: Range<UInt>
    /// Nil for a chunk.
    let block: UnsafeMutablePointer<LargeBlock>?
    /// Nil for a large block.
    let chunk: UnsafeMutablePointer<HeapChunk>?
    /// Where the objects of a chunk start.
    let starts: AddressBits
    /// Which words of a chunk are in use.
    let live: AddressBits

    /// A large block.
    init(_ block: UnsafeMutablePointer<LargeBlock>) {
        let address = UInt(bitPattern: block) + UInt(LargeBlock.headerBytes)
        room = address..<address + UInt(block.pointee.bytes)
        self.block = block
        chunk = nil
        starts = AddressBits()
        live = AddressBits()
    }

    /// A chunk, with bits that are all zero; what is before and behind its room counts as in use.
    init(_ chunk: UnsafeMutablePointer<HeapChunk>, live: AddressBits) {
        room = HeapChunk.room(chunk)
        block = nil
        self.chunk = chunk
        starts = HeapChunk.starts(chunk)
        self.live = live
        let span: UInt = 1 << AddressBits.spanShift
        live.insert(from: UInt(bitPattern: chunk) & ~(span - 1), to: room.lowerBound)
        live.insert(from: room.upperBound, to: (room.upperBound + span - 1) & ~(span - 1))
    }

    /// Whether an object starts at an address of the room.
    func isStart(_ address: UInt) -> Bool {
        guard let block else { return address & 7 == 0 && starts.contains(address) }
        return block.pointee.isObject && address == room.lowerBound
    }

    /// Whether the object that starts at an address was found to be in use.
    func isLive(_ address: UInt) -> Bool { block?.pointee.isMarked ?? live.contains(address) }

    /// Notes that bytes from an address on are in use; returns how many were not known to be.
    func keep(_ address: UInt, bytes: Int) -> Int {
        guard let block else {
            live.insert(from: address, to: address + UInt(bytes))
            return bytes
        }
        if block.pointee.isMarked { return 0 }
        block.pointee.isMarked = true
        return block.pointee.bytes
    }

    /// Whether nothing of a chunk is in use.
    var isFree: Bool {
        var runs: [Range<UInt>] = []
        eachFreeRun { runs.append($0) }
        return runs == [room]
    }

    /// Calls the body with each run of a chunk's words that nobody uses, and forgets the objects that started there.
    func eachFreeRun(_ body: (Range<UInt>) -> Void) {
        guard let chunk else { return }
        var run: UInt?
        let first = UInt(bitPattern: chunk) >> AddressBits.spanShift
        let last = (room.upperBound - 1) >> AddressBits.spanShift
        for span in first...last {
            let bits = live[span]
            starts[span] &= bits
            var place: UInt = 0
            while place < 64 {
                // The next word that is not as those before it.
                let changes = (run == nil ? ~bits : bits) >> place
                if changes == 0 { break }
                place += UInt(changes.trailingZeroBitCount)
                let address = span << AddressBits.spanShift + place << 3
                if let start = run { body(start..<address) }
                run = run == nil ? address : nil
            }
        }
        if let start = run { body(start..<room.upperBound) }
    }
}
