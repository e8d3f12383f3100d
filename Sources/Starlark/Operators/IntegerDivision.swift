/// Division of magnitudes: limbs, least first, without leading zeros.
///
/// Work is charged row by row, so that a deadline is noticed within any division.
enum IntegerDivision {
    /// The quotient (room for one limb more than the difference of the lengths) and the remainder (room for the
    /// divisor's length); the dividend is not shorter than the divisor, which is not 0.
    static func divide(
        _ dividend: UnsafeBufferPointer<UInt>, _ divisor: UnsafeBufferPointer<UInt>,
        quotient: UnsafeMutablePointer<UInt>, remainder: UnsafeMutablePointer<UInt>, _ machine: Machine
    ) throws(StarlarkError) {
        if divisor.count == 1 {
            try machine.spend(dividend.count)
            remainder[0] = divide(dividend, by: divisor[0], quotient: quotient)
            return
        }
        let length = divisor.count
        let shift = UInt(divisor[length - 1].leadingZeroBitCount)
        // Newest in the heap, so that it can be given back whole.
        let bytes = try machine.heap.byteCount(length + dividend.count + 1, of: 8)
        let scratch = try machine.heap.state.pointee.allocateStorage(bytes)
        defer { machine.heap.state.pointee.release(scratch, bytes: bytes) }
        let high = scratch.bindMemory(to: UInt.self, capacity: bytes / 8)
        let rest = high + length
        _ = self.shift(divisor, by: shift, to: high)
        rest[dividend.count] = self.shift(dividend, by: shift, to: rest)
        let top = Reciprocal(high[length - 1])
        var place = dividend.count - length
        while place >= 0 {
            try machine.spend(length >> 2)
            quotient[place] = step(rest + place, high, length, top)
            place -= 1
        }
        for index in 0..<length {
            let upper = shift == 0 ? 0 : rest[index + 1] << (64 - shift)
            remainder[index] = rest[index] >> shift | upper
        }
    }

    /// Divides by one limb; returns the remainder.
    ///
    /// The quotient may be the dividend's own place.
    static func divide(
        _ dividend: UnsafeBufferPointer<UInt>, by divisor: UInt, quotient: UnsafeMutablePointer<UInt>
    ) -> UInt {
        let shift = UInt(divisor.leadingZeroBitCount)
        let reciprocal = Reciprocal(divisor << shift)
        var index = dividend.count - 1
        var rest = shift == 0 || index < 0 ? 0 : dividend[index] >> (64 - shift)
        while index >= 0 {
            let lower = shift == 0 || index == 0 ? 0 : dividend[index - 1] >> (64 - shift)
            (quotient[index], rest) = reciprocal.divide(rest, dividend[index] << shift | lower)
            index -= 1
        }
        return rest >> shift
    }

    /// Shifts left by less than a limb; returns what comes out at the top.
    private static func shift(
        _ source: UnsafeBufferPointer<UInt>, by bits: UInt, to target: UnsafeMutablePointer<UInt>
    ) -> UInt {
        var carry: UInt = 0
        for index in 0..<source.count {
            target[index] = source[index] << bits | carry
            carry = bits == 0 ? 0 : source[index] >> (64 - bits)
        }
        return carry
    }

    /// One limb of the quotient (Knuth's algorithm D): `rest` has one limb more than the divisor, whose top bit is
    /// set; the product is taken off it.
    private static func step(
        _ rest: UnsafeMutablePointer<UInt>, _ divisor: UnsafeMutablePointer<UInt>, _ length: Int, _ leading: Reciprocal
    ) -> UInt {
        var digit = estimate(rest, divisor, length, leading)
        var borrow: UInt = 0
        var carry: UInt = 0
        for index in 0..<length {
            let product = digit.multipliedFullWidth(by: divisor[index])
            let (low, over) = product.low.addingReportingOverflow(carry)
            carry = product.high &+ (over ? 1 : 0)
            let (first, under) = rest[index].subtractingReportingOverflow(low)
            let (second, again) = first.subtractingReportingOverflow(borrow)
            rest[index] = second
            borrow = under || again ? 1 : 0
        }
        let (first, under) = rest[length].subtractingReportingOverflow(carry)
        let (second, again) = first.subtractingReportingOverflow(borrow)
        rest[length] = second
        guard under || again else { return digit }
        // The estimate was one too large.
        digit -= 1
        carry = 0
        for index in 0..<length {
            let (sum, over) = rest[index].addingReportingOverflow(divisor[index])
            let (total, more) = sum.addingReportingOverflow(carry)
            rest[index] = total
            carry = over || more ? 1 : 0
        }
        rest[length] &+= carry
        return digit
    }

    /// The quotient's limb from the leading limbs: right, or one too large.
    private static func estimate(
        _ rest: UnsafeMutablePointer<UInt>, _ divisor: UnsafeMutablePointer<UInt>, _ length: Int, _ leading: Reciprocal
    ) -> UInt {
        let top = divisor[length - 1]
        var digit: UInt
        var left: UInt
        if rest[length] >= top {
            digit = .max
            let (sum, overflow) = rest[length - 1].addingReportingOverflow(top)
            if overflow { return digit }
            left = sum
        } else {
            (digit, left) = leading.divide(rest[length], rest[length - 1])
        }
        while true {
            let product = digit.multipliedFullWidth(by: divisor[length - 2])
            if product.high < left || (product.high == left && product.low <= rest[length - 2]) { return digit }
            digit -= 1
            let (sum, overflow) = left.addingReportingOverflow(top)
            if overflow { return digit }
            left = sum
        }
    }
}
