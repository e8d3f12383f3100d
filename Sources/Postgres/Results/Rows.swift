/// The rows that a statement returned, all in memory.
public struct Rows: RandomAccessCollection, Sendable {
    let result: ResultHandle

    /// The position of the first row.
    public var startIndex: Int { 0 }
    /// The number of rows.
    public var endIndex: Int { result.rowCount }
    /// The row at a position.
    public subscript(position: Int) -> Row {
        precondition(indices.contains(position), "row \(position) of \(count)")
        return Row(result: result, index: position)
    }

    /// The names of the columns.
    public var columns: [String] { result.columns }

    /// How many rows the statement inserted, changed, deleted or returned.
    public var affectedRows: Int { result.affectedRows }

    /// The only row; throws a ``PostgresError/Code/rowCount`` error unless there is exactly one.
    public func one() throws(PostgresError) -> Row {
        guard count == 1 else { throw wrongCount("one row") }
        return self[0]
    }

    /// The only row, or `nil` if there is none; throws a ``PostgresError/Code/rowCount`` error if there are several.
    public func oneOrNone() throws(PostgresError) -> Row? {
        guard count <= 1 else { throw wrongCount("at most one row") }
        return first
    }

    /// The first column of every row.
    public func column<Value: PostgresDecodable>(_: Value.Type = Value.self) throws(PostgresError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in self { values.append(try row.decode(Value.self, at: 0)) }
        return values
    }

    private func wrongCount(_ expected: String) -> PostgresError {
        let message = "expected \(expected), got \(count)"
        return PostgresError(.rowCount, "read", message, query: result.query, at: result.site)
    }
}
