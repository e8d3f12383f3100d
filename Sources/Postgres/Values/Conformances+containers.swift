extension Optional: PostgresBindable where Wrapped: PostgresBindable {
    /// The type of the wrapped value.
    public static var postgresType: PostgresType { Wrapped.postgresType }
    /// The bytes of the wrapped value; `nil`, which is NULL, if there is none.
    public var postgresBytes: [UInt8]? { self?.postgresBytes }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads the wrapped value.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Wrapped? {
        try Wrapped.decode(value)
    }
    /// `nil`.
    public static func decodeNull() throws(PostgresValue.Mismatch) -> Wrapped? { nil }
}

extension Array: PostgresBindable where Element: PostgresBindable {
    /// The array type of the elements.
    public static var postgresType: PostgresType { Element.postgresArrayType }
    /// The elements in PostgreSQL's binary format.
    public var postgresBytes: [UInt8]? { Element.postgresBytes(array: self) }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads a one-dimensional array; for bytes, `bytea`.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> [Element] {
        try Element.decode(array: value)
    }
}
