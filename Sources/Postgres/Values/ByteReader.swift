/// Reads the parts of a value in PostgreSQL's binary format, front to back.
struct ByteReader {
    private var rest: UnsafeRawBufferPointer.SubSequence

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func read(_ count: Int) throws(PostgresValue.Mismatch) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= rest.count else { throw PostgresValue.Mismatch("it ends too early") }
        defer { rest = rest.dropFirst(count) }
        return UnsafeRawBufferPointer(rebasing: rest.prefix(count))
    }

    mutating func readInteger<Value: FixedWidthInteger>() throws(PostgresValue.Mismatch) -> Value {
        Value(bigEndian: try read(MemoryLayout<Value>.size).loadUnaligned(as: Value.self))
    }
}
