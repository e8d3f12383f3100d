extension Value {
    static let smallMax = Int.max >> 1
    static let smallMin = Int.min >> 1

    /// An integer that is known to fit 63 bits.
    @inline(__always)
    init(small: Int) { raw = UInt(bitPattern: small) << 1 | 1 }

    /// An integer when it fits 63 bits.
    @inline(__always)
    init?(smallExactly number: Int) {
        let shifted = number << 1
        guard shifted >> 1 == number else { return nil }
        raw = UInt(bitPattern: shifted) | 1
    }

    var isSmall: Bool {
        @inline(__always) get { raw & 1 != 0 }
    }

    /// The number; only for `isSmall`.
    var small: Int {
        @inline(__always) get { Int(bitPattern: raw) >> 1 }
    }

    /// Whether both are small integers.
    @inline(__always)
    static func areSmall(_ left: Value, _ right: Value) -> Bool { left.raw & right.raw & 1 != 0 }

    /// The sum when both are small and it fits, otherwise unbound.
    @inline(__always)
    static func smallSum(_ left: Value, _ right: Value) -> Value {
        let (sum, overflow) = Int(bitPattern: left.raw).addingReportingOverflow(Int(bitPattern: right.raw ^ 1))
        return areSmall(left, right) && !overflow ? Value(raw: UInt(bitPattern: sum)) : .unbound
    }

    /// The difference when both are small and it fits, otherwise unbound.
    @inline(__always)
    static func smallDifference(_ left: Value, _ right: Value) -> Value {
        let (sum, overflow) = Int(bitPattern: left.raw).subtractingReportingOverflow(Int(bitPattern: right.raw ^ 1))
        return areSmall(left, right) && !overflow ? Value(raw: UInt(bitPattern: sum)) : .unbound
    }

    /// The product when both are small and it fits, otherwise unbound.
    @inline(__always)
    static func smallProduct(_ left: Value, _ right: Value) -> Value {
        let (product, overflow) = left.small.multipliedReportingOverflow(by: Int(bitPattern: right.raw ^ 1))
        return areSmall(left, right) && !overflow ? Value(raw: UInt(bitPattern: product) | 1) : .unbound
    }
}
