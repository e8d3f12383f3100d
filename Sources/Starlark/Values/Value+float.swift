extension Value {
    /// The word for 0.0, whose exponent would not fit.
    private static let zeroFloatRaw: UInt = 0x8000_0000_0000_0002

    /// A float without an object: nil when its exponent is extreme (beyond about 1e±77, -0.0, infinities, NaN).
    ///
    /// Rotating left by 3 brings the sign and the top three exponent bits to the low end. For exponents near zero
    /// those three bits are 011 or 100, so two of them can be dropped for the tag and restored from the third.
    @inline(__always)
    init?(immediate number: Double) {
        let bits = UInt(number.bitPattern)
        let top = (bits >> 60) & 7
        if (top == 3 || top == 4) && bits != 0x3000_0000_0000_0000 {
            raw = ((bits << 3 | bits >> 61) & ~3) | 2
        } else if bits == 0 {
            raw = Value.zeroFloatRaw
        } else {
            return nil
        }
    }

    /// Whether the word holds a float without an object.
    var isImmediateFloat: Bool {
        @inline(__always) get { raw & 3 == 2 }
    }

    /// The number; only for `isImmediateFloat`.
    var immediateFloat: Double {
        @inline(__always) get {
            guard raw != Value.zeroFloatRaw else { return 0 }
            let restored = (2 &- (raw >> 63)) | (raw & ~3)
            return Double(bitPattern: UInt64(restored >> 3 | restored << 61))
        }
    }

    var isFloat: Bool {
        @inline(__always) get { isImmediateFloat || isObject(.float) }
    }

    /// The number; only for `isFloat`.
    var float: Double {
        @inline(__always) get {
            isImmediateFloat ? immediateFloat : address.assumingMemoryBound(to: FloatObject.self).pointee.number
        }
    }

    /// Whether both are numbers without an object: small integers or floats.
    @inline(__always)
    static func areImmediate(_ left: Value, _ right: Value) -> Bool { left.raw & 3 != 0 && right.raw & 3 != 0 }

    /// Whether both are numbers without an object and at least one is a float.
    @inline(__always)
    static func includeFloat(_ left: Value, _ right: Value) -> Bool {
        areImmediate(left, right) && !areSmall(left, right)
    }

    /// The number as a float; only for small integers and floats without an object.
    var double: Double {
        @inline(__always) get { isSmall ? Double(small) : immediateFloat }
    }

    /// Whether both are numbers without an object, at least one a float, and `double` orders them as they are.
    @inline(__always)
    static func areOrderedAsDoubles(_ left: Value, _ right: Value) -> Bool {
        includeFloat(left, right) && left.isExactDouble && right.isExactDouble
    }

    private var isExactDouble: Bool {
        @inline(__always) get { !isSmall || small.magnitude <= 1 << 53 }
    }
}
