/// Hashes of values for tables: 32 bits, never 0, equal for equal values.
///
/// The seed differs from process to process, so that no input can be made to collide; nothing a program sees
/// depends on it.
enum Hash {
    private static let seed = UInt64.random(in: .min ... .max)
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The hash of a key.
    ///
    /// - Throws: `.evaluation` when the value cannot be a key.
    @inline(__always)
    static func of(_ value: Value, _ machine: Machine) throws(StarlarkError) -> UInt32 {
        if value.isSmall { return integer(value.small, machine) }
        if value.isObject(.string) { return string(value) }
        return try slow(value, machine)
    }

    /// The hash of a small integer: sixteen neighbours stay neighbours, so that counting up stays in one line of the
    /// cache, and the rest is multiplied by a secret number.
    @inline(__always)
    static func integer(_ number: Int, _ machine: Machine) -> UInt32 {
        let product = UInt64(bitPattern: Int64(number >> 4))
            .multipliedFullWidth(by: machine.core.pointee.hashMultiplier)
        // The low half alone would be zeros for multiples of a large power of two.
        let mixed = UInt32(truncatingIfNeeded: product.low >> 32 ^ product.high)
        return mixed & ~15 | UInt32(truncatingIfNeeded: number & 15) | 1 << 31
    }

    /// What a machine keeps for `integer`: odd, the same for the whole process.
    static let integerMultiplier = seed | 1

    /// The hash of a string or bytes value.
    @inline(__always)
    static func string(_ value: Value) -> UInt32 {
        let cached = ObjectHeader.loadHash(value.header)
        if cached != 0 { return cached }
        return computeString(value)
    }

    @inline(never)
    private static func computeString(_ value: Value) -> UInt32 {
        let hash = bytes(value.bytes)
        ObjectHeader.storeHash(value.header, hash)
        return hash
    }

    static func bytes(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        guard let base = bytes.baseAddress else { return finish(seed) }
        let raw = UnsafeRawPointer(base)
        var state = seed ^ UInt64(bytes.count)
        var offset = 0
        while offset + 8 <= bytes.count {
            state = mix(state, raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < bytes.count {
            rest = rest << 8 | UInt64(base[offset])
            offset += 1
        }
        return finish(mix(state, rest))
    }

    @inline(__always)
    private static func mix(_ state: UInt64, _ word: UInt64) -> UInt64 {
        let product = (state ^ word).multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }

    private static func finish(_ state: UInt64) -> UInt32 {
        let product = (state ^ seed).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return UInt32(truncatingIfNeeded: product.high ^ product.low) | 1
    }

    @inline(never)
    private static func slow(_ value: Value, _ machine: Machine) throws(StarlarkError) -> UInt32 {
        if value.kind == .tuple || value.kind == .structure { return try composite(value, machine) }
        return try leaf(value, machine)
    }

    private static func leaf(_ value: Value, _ machine: Machine) throws(StarlarkError) -> UInt32 {
        switch value.kind {
        case .integer where value.isSmall: return integer(value.small, machine)
        case .integer:
            try machine.spend(value.bigInteger.pointee.count >> 4)
            return limbs(negative: value.header.pointee.flags != 0, IntegerObject.buffer(value.bigInteger))
        case .float: return float(value.float, machine)
        case .string, .bytes: return string(value)
        case .record where value.recordName != nil: throw unhashable(value)
        case .none, .bool, .function, .builtin, .record, .boundMethod:
            return finish(mix(seed, UInt64(value.raw)))
        case .native:
            let native = value.native
            guard let hash = native.type._withUnsafeGuaranteedRef({ $0.hash }) else { throw unhashable(value) }
            return finish(mix(seed, hash(native)))
        default: throw unhashable(value)
        }
    }

    static func unhashable(_ value: Value) -> StarlarkError {
        let isBuiltinContainer = value.kind == .list || value.kind == .dict || value.kind == .set
        return StarlarkError(.evaluation, "unhashable\(isBuiltinContainer ? " type" : ""): \(value.typeName)")
    }

    private static func float(_ number: Double, _ machine: Machine) -> UInt32 {
        if let exact = Int(exactly: number) {
            if Value(smallExactly: exact) != nil { return integer(exact, machine) }
            return limbs(negative: exact < 0, [exact.magnitude])
        }
        guard number.isFinite, number.rounded() == number else {
            return finish(mix(seed, number.isNaN ? 1 : number.bitPattern))
        }
        let shift = Int(number.exponent) - 52
        let significand = UInt(number.significandBitPattern | 1 << 52)
        var words = [UInt](repeating: 0, count: shift / 64 + 2)
        words[shift / 64] = significand << UInt(shift % 64)
        if shift % 64 != 0 { words[shift / 64 + 1] = significand >> UInt(64 - shift % 64) }
        while words.last == 0 { words.removeLast() }
        return limbs(negative: number < 0, words)
    }

    private static func limbs(negative: Bool, _ limbs: some Sequence<UInt>) -> UInt32 {
        var state = seed ^ (negative ? 1 : 0)
        for limb in limbs { state = mix(state, UInt64(limb)) }
        return finish(state)
    }

    /// Hashes tuples and structures of any depth with a stack of its own.
    private static func composite(_ root: Value, _ machine: Machine) throws(StarlarkError) -> UInt32 {
        if root.kind == .tuple {
            let cached = ObjectHeader.loadHash(root.header)
            if cached != 0 { return cached }
        }
        var frame = try HashFrame(root, machine)
        if let hash = try frame.flatHash(machine) {
            if root.kind == .tuple { ObjectHeader.storeHash(root.header, hash) }
            return hash
        }
        var stack = WorkStack<HashFrame>(machine)
        defer { stack.free() }
        try stack.push(frame)
        while true {
            let top = stack.last
            try machine.spend(1)
            var nested = Value.unbound
            while top.pointee.index < top.pointee.items.count {
                let item = top.pointee.items[top.pointee.index]
                if item.kind == .tuple || item.kind == .structure {
                    let cached = item.kind == .tuple ? ObjectHeader.loadHash(item.header) : 0
                    if cached == 0 {
                        nested = item
                        break
                    }
                    top.pointee.add(cached)
                } else {
                    top.pointee.add(try leaf(item, machine))
                }
            }
            if !nested.isUnbound {
                try stack.push(HashFrame(nested, machine))
                continue
            }
            let hash = finish(top.pointee.state)
            if top.pointee.value.kind == .tuple { ObjectHeader.storeHash(top.pointee.value.header, hash) }
            stack.pop()
            if stack.isEmpty { return hash }
            stack.last.pointee.add(hash)
        }
    }

    private struct HashFrame: BitwiseCopyable {
        let value: Value
        let items: UnsafeBufferPointer<Value>
        var index = 0
        var state: UInt64

        init(_ value: Value, _ machine: Machine) throws(StarlarkError) {
            self.value = value
            items = value.kind == .tuple ? value.tupleItems : value.structureItems
            try machine.spend(items.count >> 2)
            state = Hash.seed ^ UInt64(items.count)
        }

        mutating func add(_ hash: UInt32) {
            state = Hash.mix(state, UInt64(hash))
            index += 1
        }

        /// The hash; nil, with the rest to be done, from the first part on that has parts.
        mutating func flatHash(_ machine: Machine) throws(StarlarkError) -> UInt32? {
            while index < items.count {
                let item = items[index]
                if item.kind == .tuple || item.kind == .structure { return nil }
                add(item.isSmall ? Hash.integer(item.small, machine) : try Hash.leaf(item, machine))
            }
            return Hash.finish(state)
        }
    }
}
