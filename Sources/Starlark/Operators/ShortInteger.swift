/// An integer of at most 128 bits, in registers: what programs that compute with 64 bits meet.
struct ShortInteger {
    private let isNegative: Bool
    private let magnitude: UInt128

    /// Nil for a longer integer.
    @inline(__always)
    private init?(_ value: Value) {
        if value.isSmall {
            isNegative = value.small < 0
            magnitude = UInt128(value.small.magnitude)
            return
        }
        let object = value.bigInteger
        let limbs = IntegerObject.limbs(object)
        isNegative = object.pointee.header.flags != 0
        switch object.pointee.count {
        case 1: magnitude = UInt128(limbs[0])
        case 2: magnitude = UInt128(limbs[1]) << 64 | UInt128(limbs[0])
        default: return nil
        }
    }

    @inline(__always)
    private init(isNegative: Bool, _ magnitude: UInt128) {
        self.isNegative = isNegative
        self.magnitude = magnitude
    }

    /// The result of an operation on two integers, or unbound when limbs in memory are needed: for longer operands or
    /// results, division by zero, and where negative numbers round or have endless leading ones.
    ///
    /// The flags are those of the instruction: an operand that was made for this alone gives its room to the result.
    @inline(never)
    static func result(
        _ operation: BinaryOperation, _ left: Value, _ right: Value, _ flags: UInt8, _ heap: Allocator
    ) throws(StarlarkError) -> Value {
        guard let one = ShortInteger(left), let two = ShortInteger(right),
            let result = one.result(operation, two)
        else { return .unbound }
        // The right one was made later.
        if flags & Instruction.rightIsFresh != 0 { heap.reclaim(right) }
        if flags & Instruction.leftIsFresh != 0 { heap.reclaim(left) }
        return try result.value(heap)
    }

    @inline(__always)
    private func result(_ operation: BinaryOperation, _ other: ShortInteger) -> ShortInteger? {
        switch operation {
        case .add: return sum(other.isNegative, other.magnitude)
        case .subtract: return sum(!other.isNegative, other.magnitude)
        case .multiply: return product(other)
        default: break
        }
        guard !isNegative, !other.isNegative else { return nil }
        switch operation {
        case .and: return ShortInteger(isNegative: false, magnitude & other.magnitude)
        case .or: return ShortInteger(isNegative: false, magnitude | other.magnitude)
        case .xor: return ShortInteger(isNegative: false, magnitude ^ other.magnitude)
        case .floorDivide: return other.magnitude == 0 ? nil : ShortInteger(isNegative: false, quotient(other).0)
        case .modulo: return other.magnitude == 0 ? nil : ShortInteger(isNegative: false, quotient(other).1)
        case .shiftLeft:
            guard other.magnitude <= UInt128(magnitude.leadingZeroBitCount) else { return nil }
            return ShortInteger(isNegative: false, magnitude << other.magnitude)
        case .shiftRight:
            return other.magnitude < 128 ? ShortInteger(isNegative: false, magnitude >> other.magnitude) : nil
        case .add, .subtract, .multiply, .divide: return nil
        }
    }

    @inline(__always)
    private func sum(_ otherNegative: Bool, _ other: UInt128) -> ShortInteger? {
        if isNegative == otherNegative {
            let (sum, overflow) = magnitude.addingReportingOverflow(other)
            return overflow ? nil : ShortInteger(isNegative: isNegative, sum)
        }
        return magnitude >= other
            ? ShortInteger(isNegative: isNegative, magnitude &- other)
            : ShortInteger(isNegative: otherNegative, other &- magnitude)
    }

    @inline(__always)
    private func product(_ other: ShortInteger) -> ShortInteger? {
        guard (magnitude | other.magnitude) >> 64 == 0 else { return nil }
        return ShortInteger(isNegative: isNegative != other.isNegative, magnitude &* other.magnitude)
    }

    @inline(__always)
    private func quotient(_ other: ShortInteger) -> (UInt128, UInt128) {
        guard (magnitude | other.magnitude) >> 64 == 0 else {
            return magnitude.quotientAndRemainder(dividingBy: other.magnitude)
        }
        let (quotient, rest) = UInt(truncatingIfNeeded: magnitude)
            .quotientAndRemainder(dividingBy: UInt(truncatingIfNeeded: other.magnitude))
        return (UInt128(quotient), UInt128(rest))
    }

    @inline(__always)
    private func value(_ heap: Allocator) throws(StarlarkError) -> Value {
        let low = UInt(truncatingIfNeeded: magnitude)
        let high = UInt(truncatingIfNeeded: magnitude >> 64)
        if high == 0, low <= UInt(Value.smallMax) + (isNegative ? 1 : 0) {
            return Value(small: isNegative ? -Int(low) : Int(low))
        }
        let count = high == 0 ? 1 : 2
        let place = try heap.allocate(IntegerObject.limbsOffset + count * 8)
        let object = place.bindMemory(to: IntegerObject.self, capacity: 1)
        object.initialize(to: IntegerObject(header: ObjectHeader(.integer, flags: isNegative ? 1 : 0), count: count))
        IntegerObject.limbs(object)[0] = low
        if count == 2 { IntegerObject.limbs(object)[1] = high }
        return Value(object: place)
    }
}

extension Allocator {
    /// Gives back the room of an integer that nothing refers to, if it is the newest of the heap.
    @inline(__always)
    fileprivate func reclaim(_ integer: Value) {
        guard !integer.isSmall else { return }
        state.pointee.release(
            integer.address, bytes: IntegerObject.limbsOffset + integer.bigInteger.pointee.count * 8)
    }
}
