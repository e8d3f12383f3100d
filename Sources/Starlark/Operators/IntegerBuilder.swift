/// Computes a magnitude in place, in an integer object that nobody else knows yet.
struct IntegerBuilder {
    private let heap: Allocator
    private let object: UnsafeMutableRawPointer
    private let count: Int
    let limbs: UnsafeMutablePointer<UInt>

    /// Takes room for `count` limbs, and charges a walk over them.
    init(_ machine: Machine, count: Int) throws(StarlarkError) {
        try machine.spend(count >> 4)
        heap = machine.heap
        self.count = count
        let bytes = try IntegerObject.limbsOffset + heap.byteCount(count, of: 8)
        object = try heap.state.pointee.allocateStorage(bytes)
        heap.state.pointee.beginObject(object, bytes: bytes)
        limbs = (object + IntegerObject.limbsOffset).bindMemory(to: UInt.self, capacity: count)
    }

    /// The value, small if it fits; the room of leading zeros is given back.
    func finish(isNegative: Bool) -> Value {
        var length = count
        while length > 0, limbs[length - 1] == 0 { length -= 1 }
        let bytes = IntegerObject.limbsOffset + count * 8
        if length == 0 || length == 1 && limbs[0] <= UInt(Value.smallMax) + (isNegative ? 1 : 0) {
            let magnitude = length == 0 ? 0 : Int(limbs[0])
            heap.state.pointee.release(object, bytes: bytes)
            return Value(small: isNegative ? -magnitude : magnitude)
        }
        object.bindMemory(to: IntegerObject.self, capacity: 1).initialize(
            to: IntegerObject(header: ObjectHeader(.integer, flags: isNegative ? 1 : 0), count: length))
        heap.state.pointee.shrink(object, from: bytes, to: IntegerObject.limbsOffset + length * 8)
        return Value(object: object)
    }

    /// Gives the room back; nothing refers to it.
    func discard() { heap.state.pointee.release(object, bytes: IntegerObject.limbsOffset + count * 8) }

    /// left + right; one limb longer than the longer one.
    func add(_ left: UnsafeBufferPointer<UInt>, _ right: UnsafeBufferPointer<UInt>) {
        let (long, short) = left.count >= right.count ? (left, right) : (right, left)
        guard let longer = long.baseAddress else {
            limbs[0] = 0
            return
        }
        limbs.update(from: longer, count: long.count)
        limbs[long.count] = 0
        if let shorter = short.baseAddress { _ = IntegerProduct.add(shorter, short.count, to: limbs) }
    }

    /// left - right, where left is not smaller.
    func subtract(_ left: UnsafeBufferPointer<UInt>, _ right: UnsafeBufferPointer<UInt>) {
        var borrow: UInt = 0
        for index in 0..<left.count {
            let other = index < right.count ? right[index] : 0
            let (difference, first) = left[index].subtractingReportingOverflow(other)
            let (total, second) = difference.subtractingReportingOverflow(borrow)
            limbs[index] = total
            borrow = first || second ? 1 : 0
        }
        for index in left.count..<count { limbs[index] = 0 }
    }

    /// left * right; as long as both together.
    ///
    /// Work is charged row by row.
    func multiply(
        _ left: UnsafeBufferPointer<UInt>, _ right: UnsafeBufferPointer<UInt>, _ machine: Machine
    ) throws(StarlarkError) {
        limbs.update(repeating: 0, count: count)
        try IntegerProduct.add(left, right, to: limbs, machine)
    }

    func shiftLeft(_ source: UnsafeBufferPointer<UInt>, _ shift: Int) {
        let words = shift / 64
        let bits = UInt(shift % 64)
        for index in 0..<words { limbs[index] = 0 }
        var carry: UInt = 0
        for index in 0..<source.count {
            limbs[index + words] = source[index] << bits | carry
            carry = bits == 0 ? 0 : source[index] >> (64 - bits)
        }
        limbs[source.count + words] = carry
    }

    /// Returns whether a bit that was set fell out.
    ///
    /// The shift is shorter than the source.
    func shiftRight(_ source: UnsafeBufferPointer<UInt>, _ shift: Int) -> Bool {
        let words = shift / 64
        let bits = UInt(shift % 64)
        var lost = source[..<words].contains { $0 != 0 }
        if bits != 0, source[words] << (64 - bits) != 0 { lost = true }
        for index in words..<source.count {
            let next = index + 1 < source.count ? source[index + 1] : 0
            limbs[index - words] = source[index] >> bits | (bits == 0 ? 0 : next << (64 - bits))
        }
        limbs[source.count - words] = 0
        return lost
    }

    /// right - this; not larger than right, and as long.
    func complement(_ right: UnsafeBufferPointer<UInt>) {
        var borrow: UInt = 0
        for index in 0..<count {
            let (difference, first) = right[index].subtractingReportingOverflow(limbs[index])
            let (total, second) = difference.subtractingReportingOverflow(borrow)
            limbs[index] = total
            borrow = first || second ? 1 : 0
        }
    }

    func increment() {
        for index in 0..<count {
            let (sum, overflow) = limbs[index].addingReportingOverflow(1)
            limbs[index] = sum
            if !overflow { return }
        }
    }

    /// From two's complement to its magnitude.
    func negate() {
        for index in 0..<count { limbs[index] = ~limbs[index] }
        increment()
    }
}
