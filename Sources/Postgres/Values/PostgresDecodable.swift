/// A value that can be read from a column.
///
/// A type with a raw value that is decodable conforms by one line: `extension PackageID: PostgresDecodable {}`.
public protocol PostgresDecodable {
    /// Reads a value that is not NULL, or throws a reason that names neither column nor content.
    static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Self

    /// What NULL is read as; throws for a type that has no such value.
    static func decodeNull() throws(PostgresValue.Mismatch) -> Self

    /// Reads an array of such values that is not NULL.
    static func decode(array value: PostgresValue) throws(PostgresValue.Mismatch) -> [Self]
}

/// A value that can be bound and read back.
public typealias PostgresCodable = PostgresBindable & PostgresDecodable

extension PostgresDecodable {
    /// Refuses NULL.
    public static func decodeNull() throws(PostgresValue.Mismatch) -> Self {
        throw PostgresValue.Mismatch("it is NULL; decode it as \(Self.self)?")
    }

    /// Reads a one-dimensional array.
    public static func decode(array value: PostgresValue) throws(PostgresValue.Mismatch) -> [Self] {
        guard !value.type.isKnownScalar else { throw PostgresValue.Mismatch("its type is \(value.type)") }
        var reader = ByteReader(value.bytes)
        let dimensions: Int32 = try reader.readInteger()
        let _: Int32 = try reader.readInteger()
        let elementType = PostgresType(rawValue: try reader.readInteger())
        guard dimensions != 0 else { return [] }
        guard dimensions == 1 else { throw PostgresValue.Mismatch("it has \(dimensions) dimensions, not one") }
        let count: Int32 = try reader.readInteger()
        let _: Int32 = try reader.readInteger()
        // Each element has a length of four bytes at least.
        guard count >= 0, Int(count) <= value.bytes.count / 4 else { throw PostgresValue.Mismatch("it ends too early") }
        var elements: [Self] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            let size: Int32 = try reader.readInteger()
            if size < 0 {
                elements.append(try decodeNull())
            } else {
                elements.append(try decode(PostgresValue(type: elementType, bytes: try reader.read(Int(size)))))
            }
        }
        return elements
    }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    /// Reads the raw value, and throws if the type has no such value.
    public static func decode(_ value: PostgresValue) throws(PostgresValue.Mismatch) -> Self {
        guard let result = Self(rawValue: try RawValue.decode(value)) else {
            throw PostgresValue.Mismatch("it is not a value of \(Self.self)")
        }
        return result
    }
}
