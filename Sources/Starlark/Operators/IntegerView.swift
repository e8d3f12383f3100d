/// Sign and magnitude of any integer, for arithmetic on limbs.
struct IntegerView {
    let isNegative: Bool
    let limbs: UnsafeBufferPointer<UInt>

    /// Gives the limbs of two integers, least first, without leading zero limbs, to a body.
    @inline(__always)
    static func with<Result>(
        _ left: Value, _ right: Value, _ body: (IntegerView, IntegerView) throws(StarlarkError) -> Result
    ) throws(StarlarkError) -> Result {
        let one = left.isSmall ? left.small.magnitude : 0
        let two = right.isSmall ? right.small.magnitude : 0
        return try withPointer(to: one) { (first) throws(StarlarkError) in
            try withPointer(to: two) { (second) throws(StarlarkError) in
                try body(IntegerView(left, first), IntegerView(right, second))
            }
        }
    }

    @inline(__always)
    private static func withPointer<Result>(
        to limb: UInt, _ body: (UnsafePointer<UInt>) throws(StarlarkError) -> Result
    ) throws(StarlarkError) -> Result {
        try withUnsafePointer(to: limb) { (pointer) throws(StarlarkError) in try body(pointer) }
    }

    private init(_ value: Value, _ single: UnsafePointer<UInt>) {
        isNegative = Numbers.isNegative(value)
        if value.isSmall {
            limbs = UnsafeBufferPointer(start: single, count: single.pointee == 0 ? 0 : 1)
        } else {
            limbs = IntegerObject.buffer(value.bigInteger)
        }
    }
}
