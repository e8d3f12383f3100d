/// Finds bytes in time proportional to the length, whatever the bytes are (Rabin and Karp, with a secret base).
enum RollingSearch {
    private static let base = UInt64.random(in: 1 << 40..<1 << 60)
    private static let modulus: UInt64 = (1 << 61) - 1

    /// The offset of the first occurrence at or after `start`, or -1; the needle is not empty.
    static func find(
        _ needle: UnsafeBufferPointer<UInt8>, in haystack: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int {
        guard needle.count <= haystack.count - start else { return -1 }
        var wanted: UInt64 = 0
        var hash: UInt64 = 0
        var weight: UInt64 = 1
        for index in 0..<needle.count {
            wanted = step(wanted, needle[index])
            hash = step(hash, haystack[start + index])
            if index > 0 { weight = multiply(weight, base) }
        }
        var offset = start
        while true {
            if hash == wanted, matches(needle, haystack, offset) { return offset }
            guard offset + needle.count < haystack.count else { return -1 }
            let leaving = multiply(UInt64(haystack[offset]) + 1, weight)
            hash = step(hash >= leaving ? hash - leaving : hash + modulus - leaving, haystack[offset + needle.count])
            offset += 1
        }
    }

    private static func matches(
        _ needle: UnsafeBufferPointer<UInt8>, _ haystack: UnsafeBufferPointer<UInt8>, _ offset: Int
    ) -> Bool {
        guard let one = needle.baseAddress, let other = haystack.baseAddress else { return true }
        return ByteCompare.equal(one, other + offset, needle.count)
    }

    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (multiply(hash, base) + UInt64(byte) + 1) % modulus
    }

    private static func multiply(_ left: UInt64, _ right: UInt64) -> UInt64 {
        modulus.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
    }
}
