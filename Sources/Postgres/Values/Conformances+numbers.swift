extension FixedWidthInteger {
    /// Reads any of PostgreSQL's whole-number types that fits.
    static func decodeWhole(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Self {
        let wide: Int64
        switch value.type {
        case .int8: wide = try value.integer()
        case .int4: wide = Int64(try value.integer(Int32.self))
        case .int2: wide = Int64(try value.integer(Int16.self))
        case .oid: wide = Int64(try value.integer(UInt32.self))
        case .numeric: wide = try NumericReader(value).wholeNumber()
        default: throw PostgresValue.Mismatch("its type is \(value.type)")
        }
        guard let result = Self(exactly: wide) else { throw PostgresValue.Mismatch("it is too large") }
        return result
    }

    var bigEndianBytes: [UInt8] {
        Swift.withUnsafeBytes(of: bigEndian) { Array($0) }
    }
}

extension Int: PostgresCodable {
    /// `bigint`.
    public static var postgresType: PostgresType { .int8 }
    /// Eight bytes.
    public var postgresBytes: [UInt8]? { bigEndianBytes }
    /// Reads any whole-number type, and `numeric` without a fraction.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Int {
        try decodeWhole(value)
    }
}

extension Int64: PostgresCodable {
    /// `bigint`.
    public static var postgresType: PostgresType { .int8 }
    /// Eight bytes.
    public var postgresBytes: [UInt8]? { bigEndianBytes }
    /// Reads any whole-number type, and `numeric` without a fraction.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Int64 {
        try decodeWhole(value)
    }
}

extension Int32: PostgresCodable {
    /// `integer`.
    public static var postgresType: PostgresType { .int4 }
    /// Four bytes.
    public var postgresBytes: [UInt8]? { bigEndianBytes }
    /// Reads any whole-number type whose value fits.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Int32 {
        try decodeWhole(value)
    }
}

extension Int16: PostgresCodable {
    /// `smallint`.
    public static var postgresType: PostgresType { .int2 }
    /// Two bytes.
    public var postgresBytes: [UInt8]? { bigEndianBytes }
    /// Reads any whole-number type whose value fits.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Int16 {
        try decodeWhole(value)
    }
}

extension Double: PostgresCodable {
    /// `double precision`.
    public static var postgresType: PostgresType { .float8 }
    /// Eight bytes.
    public var postgresBytes: [UInt8]? { bitPattern.bigEndianBytes }
    /// Reads any number; of `numeric` and `bigint` the nearest one.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Double {
        switch value.type {
        case .float8: Double(bitPattern: try value.integer())
        case .float4: Double(Float(bitPattern: try value.integer()))
        case .numeric: try NumericReader(value).double()
        default: Double(try Int64.decodeWhole(value))
        }
    }
}

extension Bool: PostgresCodable {
    /// `boolean`.
    public static var postgresType: PostgresType { .bool }
    /// One byte.
    public var postgresBytes: [UInt8]? { [self ? 1 : 0] }
    /// Reads a `boolean`.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Bool {
        try value.expect(.bool)
        return try value.integer(UInt8.self) != 0
    }
}
