/// What a command wrote, its beginning kept up to a bound.
struct BoundedCapture {
    private let bytesMax: Int
    private var kept: [UInt8] = []
    private var dropped = 0

    /// Makes an empty capture.
    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// Adds bytes.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        let part = bytes.prefix(bytesMax - kept.count)
        kept.append(contentsOf: part)
        dropped += bytes.count - part.count
    }

    /// What is kept, and a note when something is missing.
    var bytes: [UInt8] {
        dropped == 0 ? kept : kept + Array("\n… \(dropped) more bytes were written and not kept …\n".utf8)
    }
}
