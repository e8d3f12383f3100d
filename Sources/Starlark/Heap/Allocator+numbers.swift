extension Allocator {
    /// An integer.
    @inline(__always)
    func integer(_ number: Int) throws(StarlarkError) -> Value {
        if let value = Value(smallExactly: number) { return value }
        return try integer(negative: number < 0, magnitude: [number.magnitude])
    }

    /// An integer given by its magnitude, least limb first; leading zero limbs are dropped.
    @inline(never)
    func integer(negative: Bool, magnitude: [UInt]) throws(StarlarkError) -> Value {
        let result: Result<Value, StarlarkError> = magnitude.withUnsafeBufferPointer { limbs in
            Result { () throws(StarlarkError) in try integer(negative: negative, limbs: limbs) }
        }
        return try result.get()
    }

    /// An integer given by its magnitude, least limb first; leading zero limbs are dropped.
    func integer(negative: Bool, limbs: UnsafeBufferPointer<UInt>) throws(StarlarkError) -> Value {
        var count = limbs.count
        while count > 0, limbs[count - 1] == 0 { count -= 1 }
        if count == 0 { return Value(small: 0) }
        if count == 1 {
            let limb = limbs[0]
            if limb <= UInt(Value.smallMax) { return Value(small: negative ? -Int(limb) : Int(limb)) }
            if negative, limb == UInt(Value.smallMax) + 1 { return Value(small: Value.smallMin) }
        }
        let place = try allocate(IntegerObject.limbsOffset + count * 8)
        let object = place.bindMemory(to: IntegerObject.self, capacity: 1)
        object.initialize(to: IntegerObject(header: ObjectHeader(.integer, flags: negative ? 1 : 0), count: count))
        for index in 0..<count { IntegerObject.limbs(object)[index] = limbs[index] }
        return Value(object: place)
    }

    /// A new object that is the same integer; only for one beyond 63 bits.
    func copy(integer: Value) throws(StarlarkError) -> Value {
        let object = integer.bigInteger
        let limbs = UnsafeBufferPointer(start: IntegerObject.limbs(object), count: object.pointee.count)
        return try self.integer(negative: object.pointee.header.flags != 0, limbs: limbs)
    }

    /// A float.
    @inline(__always)
    func float(_ number: Double) throws(StarlarkError) -> Value {
        if let value = Value(immediate: number) { return value }
        return try extremeFloat(number)
    }

    @inline(never)
    private func extremeFloat(_ number: Double) throws(StarlarkError) -> Value {
        let place = try allocate(MemoryLayout<FloatObject>.size)
        place.bindMemory(to: FloatObject.self, capacity: 1).initialize(
            to: FloatObject(header: ObjectHeader(.float), number: number))
        return Value(object: place)
    }
}
