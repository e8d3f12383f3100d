/// Questions about bytes that are asked of every string.
enum TextScan {
    /// Whether every byte is below 128.
    static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        var index = 0
        var seen: UInt64 = 0
        let raw = UnsafeRawPointer(base)
        while index + 8 <= bytes.count {
            seen |= raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            index += 8
        }
        var rest: UInt8 = 0
        while index < bytes.count {
            rest |= base[index]
            index += 1
        }
        return seen & 0x8080_8080_8080_8080 == 0 && rest < 0x80
    }
}
