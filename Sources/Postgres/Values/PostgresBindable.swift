/// A value that can be bound to a placeholder.
///
/// A type with a raw value that is bindable conforms by one line: `extension PackageID: PostgresBindable {}`.
public protocol PostgresBindable: Sendable {
    /// The type that the server is told.
    static var postgresType: PostgresType { get }

    /// The type that the server is told for an array of this.
    static var postgresArrayType: PostgresType { get }

    /// The value in PostgreSQL's binary format, or `nil` for NULL.
    var postgresBytes: [UInt8]? { get }

    /// An array of such values in PostgreSQL's binary format.
    static func postgresBytes(array: [Self]) -> [UInt8]
}

extension PostgresBindable {
    /// The type of arrays of ``postgresType``.
    public static var postgresArrayType: PostgresType { postgresType.array }

    /// A one-dimensional array that starts at index 1.
    public static func postgresBytes(array: [Self]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(20 + array.count * 12)
        let hasDimension: Int32 = array.isEmpty ? 0 : 1
        bytes.append(bigEndian: hasDimension)
        let mayHoldNull: Int32 = 1
        bytes.append(bigEndian: mayHoldNull)
        bytes.append(bigEndian: postgresType.rawValue)
        guard !array.isEmpty else { return bytes }
        bytes.append(bigEndian: Int32(clamping: array.count))
        let lowerBound: Int32 = 1
        bytes.append(bigEndian: lowerBound)
        for element in array {
            if let content = element.postgresBytes {
                bytes.append(bigEndian: Int32(clamping: content.count))
                bytes += content
            } else {
                let null: Int32 = -1
                bytes.append(bigEndian: null)
            }
        }
        return bytes
    }
}

extension PostgresBindable where Self: RawRepresentable, RawValue: PostgresBindable {
    /// The type of the raw value.
    public static var postgresType: PostgresType { RawValue.postgresType }

    /// The raw value's bytes.
    public var postgresBytes: [UInt8]? { rawValue.postgresBytes }
}

extension [UInt8] {
    mutating func append<Value: FixedWidthInteger>(bigEndian value: Value) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
