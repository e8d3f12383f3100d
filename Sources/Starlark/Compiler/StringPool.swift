/// The strings of a program: equal texts share one object.
struct StringPool {
    private let allocator: Allocator
    private var strings: [Value] = []
    private var slots: [Int32] = [Int32](repeating: -1, count: 32)

    /// Longer literals are not looked up.
    static let sharedBytesMax = 256

    init(_ allocator: Allocator) { self.allocator = allocator }

    /// The string with these bytes, its hash computed so that no run has to.
    mutating func string(_ bytes: UnsafeBufferPointer<UInt8>) throws(StarlarkError) -> Value {
        let hash = Hash.bytes(bytes)
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] >= 0 {
            let known = strings[Int(slots[slot])]
            if Hash.string(known) == hash, StringPool.matches(known, bytes) { return known }
            slot = (slot + 1) & mask
        }
        let value = try allocator.string(bytes)
        ObjectHeader.storeHash(value.header, hash)
        slots[slot] = Int32(truncatingIfNeeded: strings.count)
        strings.append(value)
        if strings.count * 2 > slots.count { grow() }
        return value
    }

    private static func matches(_ value: Value, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let known = value.bytes
        guard known.count == bytes.count else { return false }
        guard let one = known.baseAddress, let other = bytes.baseAddress else { return true }
        return ByteCompare.equal(one, other, known.count)
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        let mask = slots.count - 1
        for (index, value) in strings.enumerated() {
            var slot = Int(Hash.string(value)) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(truncatingIfNeeded: index)
        }
    }
}
