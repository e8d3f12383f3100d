import Foundation

extension String: PostgresCodable {
    /// `text`; a column of another type (an enum, `date`) needs a cast in the statement.
    public static var postgresType: PostgresType { .text }
    /// UTF-8; a NUL character, which PostgreSQL cannot store, is refused by the server.
    public var postgresBytes: [UInt8]? { Array(utf8) }
    /// Reads `text` and everything that looks like it: `varchar`, `name`, enums, `json` and `jsonb`.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> String {
        try value.text()
    }
}

extension UInt8: PostgresCodable {
    /// `smallint`, alone; an array of bytes is `bytea`.
    public static var postgresType: PostgresType { .int2 }
    /// `bytea`.
    public static var postgresArrayType: PostgresType { .bytea }
    /// Two bytes.
    public var postgresBytes: [UInt8]? { Int16(self).bigEndianBytes }
    /// The bytes themselves.
    public static func postgresBytes(array: [UInt8]) -> [UInt8] { array }
    /// Reads any whole-number type whose value fits.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> UInt8 {
        try decodeWhole(value)
    }
    /// Reads `bytea`, or the bytes of text.
    public static func decode(array value: PostgresValue) throws(PostgresValue.Mismatch) -> [UInt8] {
        Array(try value.content())
    }
}

extension Data: PostgresCodable {
    /// `bytea`.
    public static var postgresType: PostgresType { .bytea }
    /// The bytes themselves.
    public var postgresBytes: [UInt8]? { Array(self) }
    /// Reads `bytea`, or the bytes of text and JSON.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Data {
        Data(try value.content())
    }
}

extension PostgresValue {
    /// The bytes of a `bytea` or of text.
    fileprivate func content() throws(Mismatch) -> UnsafeRawBufferPointer {
        guard type == .bytea || !PostgresType.notText.contains(type) else { throw Mismatch("its type is \(type)") }
        return contentBytes
    }
}

extension UUID: PostgresCodable {
    /// `uuid`.
    public static var postgresType: PostgresType { .uuid }
    /// Sixteen bytes.
    public var postgresBytes: [UInt8]? { Swift.withUnsafeBytes(of: uuid) { Array($0) } }
    /// Reads a `uuid`.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> UUID {
        try value.expect(.uuid)
        guard value.bytes.count == 16 else { throw PostgresValue.Mismatch("it has \(value.bytes.count) bytes") }
        return UUID(uuid: value.bytes.loadUnaligned(as: uuid_t.self))
    }
}
