/// One value as the server sent it, valid only during the call that it is passed to.
public struct PostgresValue {
    /// The type of the column, or of the array's elements.
    public let type: PostgresType

    /// The content in PostgreSQL's binary format.
    public let bytes: UnsafeRawBufferPointer

    /// Why a value cannot be read as the type that was asked for.
    public struct Mismatch: Error, Sendable {
        /// The reason as the end of the sentence "column x cannot be read as Y: …", without the value itself.
        public let reason: String

        /// Makes a mismatch.
        public init(_ reason: String) {
            self.reason = reason
        }
    }

    /// Throws unless the value is of one of `types`.
    public func expect(_ types: PostgresType...) throws(Mismatch) {
        guard types.contains(type) else { throw Mismatch("its type is \(type)") }
    }

    /// The bytes as one big-endian integer; throws unless there are exactly as many as it has.
    public func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) throws(Mismatch) -> Value {
        var reader = ByteReader(bytes)
        let value: Value = try reader.readInteger()
        guard reader.isAtEnd else { throw Mismatch("it has \(bytes.count) bytes") }
        return value
    }

    /// The bytes as text; throws if they are not UTF-8.
    public func text() throws(Mismatch) -> String {
        guard !PostgresType.notText.contains(type) else { throw Mismatch("its type is \(type)") }
        guard let text = String(validating: contentBytes, as: UTF8.self) else { throw Mismatch("it is not UTF-8") }
        return text
    }

    /// The content without the version number that binary `jsonb` starts with.
    var contentBytes: UnsafeRawBufferPointer {
        type == .jsonb && bytes.first == 1 ? UnsafeRawBufferPointer(rebasing: bytes.dropFirst()) : bytes
    }
}
