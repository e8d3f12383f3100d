/// Reads code points from bytes that may be no valid UTF-8.
enum UTF8Scan {
    /// What stands for a byte that begins no code point.
    static let replacement: UInt32 = 0xFFFD

    /// The code point at an offset, and its length; `replacement` and 1 for a byte that begins none.
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> (UInt32, count: Int) {
        let lead = bytes[offset]
        if lead < 0x80 { return (UInt32(lead), 1) }
        let (count, bits): (Int, UInt32) =
            switch lead {
            case 0xC2...0xDF: (2, UInt32(lead & 0x1F))
            case 0xE0...0xEF: (3, UInt32(lead & 0x0F))
            case 0xF0...0xF4: (4, UInt32(lead & 0x07))
            default: (1, 0)
            }
        guard count > 1, offset + count <= bytes.count else { return (replacement, 1) }
        var scalar = bits
        for index in 1..<count {
            let byte = bytes[offset + index]
            guard byte & 0xC0 == 0x80 else { return (replacement, 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let least: UInt32 = count == 2 ? 0x80 : count == 3 ? 0x800 : 0x1_0000
        guard scalar >= least, scalar <= 0x10_FFFF, !(0xD800...0xDFFF).contains(scalar) else {
            return (replacement, 1)
        }
        return (scalar, count)
    }
}
