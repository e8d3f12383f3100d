/// Division of two limbs by one without dividing: by two multiplications with a number computed once.
///
/// N. Möller, T. Granlund, "Improved division by invariant integers", 2011.
struct Reciprocal {
    private let divisor: UInt
    private let inverse: UInt

    /// The divisor's top bit is set.
    init(_ divisor: UInt) {
        self.divisor = divisor
        inverse = divisor.dividingFullWidth((~divisor, .max)).quotient
    }

    /// `high` is less than the divisor.
    @inline(__always)
    func divide(_ high: UInt, _ low: UInt) -> (quotient: UInt, remainder: UInt) {
        let product = inverse.multipliedFullWidth(by: high)
        let (fraction, carry) = product.low.addingReportingOverflow(low)
        var quotient = product.high &+ high &+ (carry ? 2 : 1)
        var rest = low &- quotient &* divisor
        if rest > fraction {
            quotient &-= 1
            rest &+= divisor
        }
        if rest >= divisor {
            quotient &+= 1
            rest &-= divisor
        }
        return (quotient, rest)
    }
}
