/// Questions about magnitudes: limbs, least first, without leading zeros.
enum Limbs {
    static func compare(_ left: UnsafeBufferPointer<UInt>, _ right: UnsafeBufferPointer<UInt>) -> Int {
        if left.count != right.count { return left.count - right.count }
        var index = left.count - 1
        while index >= 0 {
            if left[index] != right[index] { return left[index] < right[index] ? -1 : 1 }
            index -= 1
        }
        return 0
    }
}
