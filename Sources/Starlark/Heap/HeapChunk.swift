/// Stands at the start of a chunk.
///
/// After it come bits that tell at which words of the chunk an object starts, and after those the objects and their
/// storage.
struct HeapChunk {
    var next: UnsafeMutablePointer<HeapChunk>?
    let bytes: Int

    /// How much of a chunk of so many bytes is not for objects.
    static func overheadBytes(_ bytes: Int) -> Int {
        MemoryLayout<HeapChunk>.size + AddressBits.countMax(bytes: bytes) * 8
    }

    /// Makes memory a chunk without objects.
    static func start(_ memory: UnsafeMutableRawPointer, bytes: Int) -> UnsafeMutablePointer<HeapChunk> {
        let chunk = memory.bindMemory(to: HeapChunk.self, capacity: 1)
        chunk.initialize(to: HeapChunk(next: nil, bytes: bytes))
        (memory + MemoryLayout<HeapChunk>.size).initializeMemory(
            as: UInt.self, repeating: 0, count: AddressBits.countMax(bytes: bytes))
        return chunk
    }

    /// Where objects may stand.
    static func room(_ chunk: UnsafeMutablePointer<HeapChunk>) -> Range<UInt> {
        let address = UInt(bitPattern: chunk)
        let bytes = chunk.pointee.bytes
        return address + UInt(overheadBytes(bytes))..<address + UInt(bytes)
    }

    /// Where objects start.
    static func starts(_ chunk: UnsafeMutablePointer<HeapChunk>) -> AddressBits {
        AddressBits(UnsafeMutableRawPointer(chunk) + MemoryLayout<HeapChunk>.size, from: UInt(bitPattern: chunk))
    }
}
