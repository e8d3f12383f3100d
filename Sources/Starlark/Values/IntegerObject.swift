/// An integer beyond 63 bits: sign and magnitude, the limbs (least first, the last not 0) following in memory.
struct IntegerObject {
    /// `flags` is 1 for a negative number.
    let header: ObjectHeader
    let count: Int

    static let limbsOffset = MemoryLayout<IntegerObject>.size

    @inline(__always)
    static func limbs(_ object: UnsafeMutablePointer<IntegerObject>) -> UnsafeMutablePointer<UInt> {
        (UnsafeMutableRawPointer(object) + limbsOffset).assumingMemoryBound(to: UInt.self)
    }
}

extension IntegerObject {
    /// The magnitude, least limb first.
    static func buffer(_ object: UnsafeMutablePointer<IntegerObject>) -> UnsafeBufferPointer<UInt> {
        UnsafeBufferPointer(start: limbs(object), count: object.pointee.count)
    }
}
