#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Finds bytes in bytes.
enum TextSearch {
    /// Where `needle` first stands at or after `start`; nil when it does not.
    ///
    /// Charges what it compares for long needles: the work may grow with the product of the lengths.
    static func first(
        _ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int = 0,
        _ machine: Machine
    ) throws(StarlarkError) -> Int? {
        guard start <= text.count - needle.count else { return nil }
        guard let pattern = needle.baseAddress, needle.count > 0, let base = text.baseAddress else { return start }
        let end = text.count - needle.count + 1
        var place = start
        while place < end, let found = memchr(base + place, Int32(pattern[0]), end - place) {
            place = UnsafeRawPointer(found) - UnsafeRawPointer(base)
            if needle.count == 1 { return place }
            if base[place + 1] == pattern[1] {
                if needle.count > 64 { try machine.spend(bytes: needle.count) }
                if ByteCompare.equal(base + place, pattern, needle.count) { return place }
            }
            place += 1
        }
        return nil
    }

    /// Where `needle` last stands before `end`; nil when it does not.
    ///
    /// Charges what it compares: the work may grow with the product of the lengths.
    static func last(
        _ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, before end: Int, _ machine: Machine
    ) throws(StarlarkError) -> Int? {
        guard needle.count <= end else { return nil }
        guard let pattern = needle.baseAddress, needle.count > 0, let base = text.baseAddress else { return end }
        try machine.spend(bytes: end)
        var place = end - needle.count
        while place >= 0 {
            if base[place] == pattern[0] {
                try machine.spend(bytes: needle.count)
                if ByteCompare.equal(base + place, pattern, needle.count) { return place }
            }
            place -= 1
        }
        return nil
    }

    /// Whether the text begins with the needle.
    static func hasPrefix(_ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard needle.count <= text.count else { return false }
        guard let one = text.baseAddress, let other = needle.baseAddress else { return true }
        return ByteCompare.equal(one, other, needle.count)
    }

    /// Whether the text ends with the needle.
    static func hasSuffix(_ text: UnsafeBufferPointer<UInt8>, _ needle: UnsafeBufferPointer<UInt8>) -> Bool {
        guard needle.count <= text.count else { return false }
        guard let one = text.baseAddress, let other = needle.baseAddress else { return true }
        return ByteCompare.equal(one + (text.count - needle.count), other, needle.count)
    }

    /// The code point that ends at an index, and its length.
    static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> (UInt32, count: Int) {
        if bytes[end - 1] < 0x80 { return (UInt32(bytes[end - 1]), 1) }
        var start = end - 1
        while start > 0, end - start < 4, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        let (scalar, count) = UTF8Scan.scalar(bytes, at: start)
        return count == end - start ? (scalar, count) : (UTF8Scan.replacement, 1)
    }
}
