#if canImport(Glibc)
    import Glibc
#else
    import Musl
#endif

/// Comparing runs of bytes.
enum ByteCompare {
    /// Whether two runs of the same length are equal; short ones are compared here, without a call.
    @inline(__always)
    static func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if count >= 8 {
            let one = UnsafeRawPointer(left)
            let two = UnsafeRawPointer(right)
            if count <= 16 {
                return one.loadUnaligned(as: UInt64.self) == two.loadUnaligned(as: UInt64.self)
                    && one.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
                        == two.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            }
            return memcmp(left, right, count) == 0
        }
        var index = 0
        while index < count {
            if left[index] != right[index] { return false }
            index &+= 1
        }
        return true
    }

    /// Negative, zero or positive, as bytes are ordered; a prefix comes first.
    static func order(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        if shared > 0, let one = left.baseAddress, let two = right.baseAddress {
            let order = memcmp(one, two, shared)
            if order != 0 { return Int(order) }
        }
        return left.count - right.count
    }

    /// The offset of the first occurrence at or after `start`, or -1.
    static func find(
        _ needle: UnsafeBufferPointer<UInt8>, in haystack: UnsafeBufferPointer<UInt8>, from start: Int = 0
    ) -> Int {
        guard start <= haystack.count, needle.count <= haystack.count - start else { return -1 }
        guard let wanted = needle.baseAddress, needle.count > 0 else { return start }
        guard let base = haystack.baseAddress else { return -1 }
        let last = haystack.count - needle.count
        var offset = start
        // Comparisons that fail late are bounded: after that many the search goes on with a rolling hash.
        var allowance = 4 * haystack.count
        while offset <= last {
            guard let hit = memchr(base + offset, Int32(wanted[0]), last - offset + 1) else { return -1 }
            offset = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
            if memcmp(base + offset, wanted, needle.count) == 0 { return offset }
            offset += 1
            allowance -= needle.count
            if allowance < 0 { return RollingSearch.find(needle, in: haystack, from: offset) }
        }
        return -1
    }
}
