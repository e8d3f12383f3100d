/// The last bytes of a stream, up to a bound, and how many came before them.
struct LogTail {
    private let bytesMax: Int
    private var chunks: [[UInt8]] = []
    private var first = 0
    private var byteCount = 0
    /// Bytes that were dropped.
    private(set) var dropped: Int64 = 0

    /// Makes an empty tail.
    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// The bytes that are kept.
    var bytes: [UInt8] { chunks[first...].flatMap { $0 } }

    /// Adds bytes, dropping whole chunks from the front as long as the bound is exceeded.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let kept = bytes.suffix(bytesMax)
        dropped += Int64(bytes.count - kept.count)
        guard !kept.isEmpty else { return }
        chunks.append(Array(kept))
        byteCount += kept.count
        while byteCount > bytesMax {
            byteCount -= chunks[first].count
            dropped += Int64(chunks[first].count)
            chunks[first] = []
            first += 1
        }
        if first > 64, first > chunks.count / 2 {
            chunks.removeFirst(first)
            first = 0
        }
    }
}
