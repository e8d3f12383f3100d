/// Products of magnitudes: limbs, least first.
///
/// Short ones row by row; long ones by three products of half the length instead of four (Karatsuba), so that the
/// time grows with the power 1.6 of the length. Work is charged row by row, and for each halving.
enum IntegerProduct {
    /// From this length on halving pays.
    private static let halvingMin = 40

    /// Adds left * right to zeros that have room for both lengths together.
    static func add(
        _ left: UnsafeBufferPointer<UInt>, _ right: UnsafeBufferPointer<UInt>, to sum: UnsafeMutablePointer<UInt>,
        _ machine: Machine
    ) throws(StarlarkError) {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard let one = short.baseAddress, let other = long.baseAddress else { return }
        guard short.count >= halvingMin else {
            return try addRows(one, short.count, other, long.count, to: sum, machine)
        }
        // Pieces of the longer one as long as the shorter, then what is left of it.
        let scratch = try LimbScratch(machine, count: 6 * short.count + 256)
        defer { scratch.free() }
        let product = scratch.limbs
        var start = 0
        while start + short.count <= long.count {
            try multiply(one, other + start, short.count, to: product, product + 2 * short.count, machine)
            _ = add(product, 2 * short.count, to: sum + start)
            start += short.count
        }
        try addRows(other + start, long.count - start, one, short.count, to: sum + start, machine)
    }

    /// Row by row: one row for each limb of the first.
    private static func addRows(
        _ left: UnsafePointer<UInt>, _ leftCount: Int, _ right: UnsafePointer<UInt>, _ rightCount: Int,
        to sum: UnsafeMutablePointer<UInt>, _ machine: Machine
    ) throws(StarlarkError) {
        for index in 0..<leftCount {
            try machine.spend((rightCount >> 2) + 1)
            let carry = addRow(right, rightCount, times: left[index], to: sum + index)
            var place = index + rightCount
            var rest = carry
            while rest != 0 {
                let (total, overflow) = sum[place].addingReportingOverflow(rest)
                sum[place] = total
                rest = overflow ? 1 : 0
                place += 1
            }
        }
    }

    /// Adds source * factor; returns the limb that comes out at the top.
    @inline(__always)
    private static func addRow(
        _ source: UnsafePointer<UInt>, _ count: Int, times factor: UInt, to sum: UnsafeMutablePointer<UInt>
    ) -> UInt {
        var carry: UInt = 0
        var index = 0
        while index < count {
            let (high, low) = factor.multipliedFullWidth(by: source[index])
            let total = UInt128(high) << 64 &+ UInt128(low) &+ UInt128(sum[index]) &+ UInt128(carry)
            sum[index] = UInt(truncatingIfNeeded: total)
            carry = UInt(truncatingIfNeeded: total >> 64)
            index &+= 1
        }
        return carry
    }

    /// product = left * right, both of `count` limbs; the scratch has room for 4 * count + 256.
    private static func multiply(
        _ left: UnsafePointer<UInt>, _ right: UnsafePointer<UInt>, _ count: Int,
        to product: UnsafeMutablePointer<UInt>, _ scratch: UnsafeMutablePointer<UInt>, _ machine: Machine
    ) throws(StarlarkError) {
        if count < halvingMin {
            product.update(repeating: 0, count: 2 * count)
            return try addRows(left, count, right, count, to: product, machine)
        }
        try machine.spend(count)
        let low = (count + 1) / 2
        let high = count - low
        let rest = scratch + 4 * low
        try multiply(left, right, low, to: product, rest, machine)
        try multiply(left + low, right + low, high, to: product + 2 * low, rest, machine)
        let leftIsNegative = difference(left, low, left + low, high, to: scratch)
        let rightIsNegative = difference(right, low, right + low, high, to: scratch + low)
        let middle = scratch + 2 * low
        try multiply(scratch, scratch + low, low, to: middle, rest, machine)
        // The middle part is low * low + high * high - (low - high) * (low - high).
        let total = scratch
        let crossed = middle
        var top: UInt
        total.update(from: product, count: 2 * low)
        top = add(product + 2 * low, 2 * high, to: total, room: 2 * low)
        if leftIsNegative == rightIsNegative {
            top &-= subtract(crossed, 2 * low, from: total)
        } else {
            top &+= add(crossed, 2 * low, to: total, room: 2 * low)
        }
        let carry = add(total, 2 * low, to: product + low, room: 2 * count - low)
        assert(carry == 0)
        var place = 3 * low
        while top != 0, place < 2 * count {
            let (sum, overflow) = product[place].addingReportingOverflow(top)
            product[place] = sum
            top = overflow ? 1 : 0
            place += 1
        }
    }

    /// The absolute difference of a number and one that is not longer; returns whether it was negative.
    private static func difference(
        _ left: UnsafePointer<UInt>, _ count: Int, _ right: UnsafePointer<UInt>, _ rightCount: Int,
        to target: UnsafeMutablePointer<UInt>
    ) -> Bool {
        target.update(from: left, count: count)
        guard subtract(right, rightCount, from: target, room: count) != 0 else { return false }
        var carry: UInt = 1
        for index in 0..<count { (target[index], carry) = sum(~target[index], 0, carry) }
        return true
    }

    /// Adds a number to one that has room for the carry.
    static func add(_ source: UnsafePointer<UInt>, _ count: Int, to sum: UnsafeMutablePointer<UInt>) -> UInt {
        add(source, count, to: sum, room: .max)
    }

    /// Adds a number to one of `room` limbs; returns the carry.
    private static func add(
        _ source: UnsafePointer<UInt>, _ count: Int, to target: UnsafeMutablePointer<UInt>, room: Int
    ) -> UInt {
        var carry: UInt = 0
        var index = 0
        while index < count {
            (target[index], carry) = sum(target[index], source[index], carry)
            index &+= 1
        }
        while carry != 0, index < room {
            (target[index], carry) = sum(target[index], 0, carry)
            index &+= 1
        }
        return carry
    }

    /// Takes a number off one of `room` limbs; returns the borrow.
    private static func subtract(
        _ source: UnsafePointer<UInt>, _ count: Int, from target: UnsafeMutablePointer<UInt>, room: Int? = nil
    ) -> UInt {
        var borrow: UInt = 0
        let room = room ?? count
        var index = 0
        while index < room, index < count || borrow != 0 {
            let (first, under) = target[index].subtractingReportingOverflow(index < count ? source[index] : 0)
            let (second, again) = first.subtractingReportingOverflow(borrow)
            target[index] = second
            borrow = under || again ? 1 : 0
            index &+= 1
        }
        return borrow
    }

    @inline(__always)
    private static func sum(_ left: UInt, _ right: UInt, _ carry: UInt) -> (UInt, UInt) {
        let total = UInt128(left) &+ UInt128(right) &+ UInt128(carry)
        return (UInt(truncatingIfNeeded: total), UInt(truncatingIfNeeded: total >> 64))
    }
}
