import Foundation

/// One row of a result.
public struct Row: Sendable {
    let result: ResultHandle
    let index: Int

    /// The names of the columns.
    public var columns: [String] { result.columns }

    /// The value of the column `name`; throws a ``PostgresError/Code/decoding`` error.
    public func decode<Value: PostgresDecodable>(
        _ type: Value.Type = Value.self,
        _ name: String
    ) throws(PostgresError) -> Value {
        try decode(type, at: try position(of: name))
    }

    /// The value of the column at `position`, counted from 0; throws a ``PostgresError/Code/decoding`` error.
    public func decode<Value: PostgresDecodable>(
        _: Value.Type = Value.self,
        at position: Int
    ) throws(PostgresError) -> Value {
        guard result.columns.indices.contains(position) else {
            throw error("there is no column \(position), only \(result.columns.count)")
        }
        do {
            return try result.withValue(row: index, column: position) {
                value throws(PostgresValue.Mismatch) -> Value in
                guard let value else { return try Value.decodeNull() }
                return try Value.decode(value)
            }
        } catch {
            throw self.error("column \(result.columns[position]) cannot be read as \(Value.self): \(error.reason)")
        }
    }

    /// The value of the column `name`, in short: `let id: Int = try row["id"]`.
    public subscript<Value: PostgresDecodable>(_ name: String) -> Value {
        get throws(PostgresError) { try decode(Value.self, name) }
    }

    /// The value of the column at `position`, in short: `let id: Int = try row[0]`.
    public subscript<Value: PostgresDecodable>(_ position: Int) -> Value {
        get throws(PostgresError) { try decode(Value.self, at: position) }
    }

    /// The JSON of the column `name` as a value, written as `\(json:)` writes it.
    public func decode<Value: Decodable>(
        json type: Value.Type = Value.self,
        _ name: String
    ) throws(PostgresError) -> Value {
        let text = try decode(Data.self, name)
        do {
            return try JSONDecoder().decode(type, from: text)
        } catch {
            let place = (error as? DecodingError)?.path ?? ""
            var failure = self.error("the JSON of column \(name) cannot be read as \(type)\(place)")
            failure.cause = error
            throw failure
        }
    }

    /// Whether the column `name` is NULL.
    public func isNull(_ name: String) throws(PostgresError) -> Bool {
        let column = try position(of: name)
        do {
            return try result.withValue(row: index, column: column) { $0 == nil }
        } catch {
            throw self.error(error.reason)
        }
    }

    private func position(of name: String) throws(PostgresError) -> Int {
        guard let position = result.columns.firstIndex(of: name) else {
            throw error("there is no column \(name), only \(result.columns.joined(separator: ", "))")
        }
        return position
    }

    private func error(_ message: String) -> PostgresError {
        PostgresError(.decoding, "read", message, query: result.query, at: result.site)
    }
}
