/// A string or bytes value: UTF-8 text (not checked: slicing may cut a code point) behind a pointer, so that slices
/// share the bytes of their source.
struct StringObject {
    /// Kind `.string` or `.bytes`; `flags` as below; the hash is cached.
    var header: ObjectHeader
    let count: Int
    let bytes: UnsafeMutablePointer<UInt8>

    /// Flag: every byte is below 128.
    static let isASCII: UInt8 = 1
    /// Flag: the bytes are the start of a `GrowthBuffer`, so an append may happen in place behind them.
    static let isGrowable: UInt8 = 2
    /// Flag: made by concatenation; the next one reserves room.
    static let isConcatenation: UInt8 = 4

    static let inlineOffset = MemoryLayout<StringObject>.size
}
