import Foundation
import Model
import Postgres

extension Rows {
    /// The only row; anything else is our own fault.
    func single(_ operation: String) throws(StoreError) -> Row {
        do throws(PostgresError) {
            return try one()
        } catch {
            throw StoreError.from(error, operation)
        }
    }

    /// The first column of each row.
    func values<Value: PostgresDecodable>(_: Value.Type = Value.self) throws(StoreError) -> [Value] {
        do throws(PostgresError) {
            return try column(Value.self)
        } catch {
            throw StoreError.from(error, "read")
        }
    }

    /// Each row as a value.
    func decode<Value>(_ transform: (Row) throws(StoreError) -> Value) throws(StoreError) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for row in self { values.append(try transform(row)) }
        return values
    }
}

extension Row {
    /// The value of a column.
    func value<Value: PostgresDecodable>(_ column: String) throws(StoreError) -> Value {
        do throws(PostgresError) {
            return try decode(Value.self, column)
        } catch {
            throw StoreError.from(error, "read")
        }
    }

    /// The value of a column by position, for reads of many rows.
    func value<Value: PostgresDecodable>(at position: Int) throws(StoreError) -> Value {
        do throws(PostgresError) {
            return try decode(Value.self, at: position)
        } catch {
            throw StoreError.from(error, "read")
        }
    }

    /// The value of a `jsonb` column.
    func json<Value: Decodable>(_ column: String) throws(StoreError) -> Value {
        do throws(PostgresError) {
            return try decode(json: Value.self, column)
        } catch {
            throw StoreError.from(error, "read")
        }
    }

    /// The value of a `jsonb` column that may be NULL.
    func jsonIfPresent<Value: Decodable>(_ column: String) throws(StoreError) -> Value? {
        let text: Data? = try value(column)
        return text == nil ? nil : try json(column)
    }

    /// The object in a `jsonb` column.
    func object(_ column: String) throws(StoreError) -> JSONObject {
        try Self.object(try value(column))
    }

    /// The object in a `jsonb` column by position, for reads of many rows.
    func object(at position: Int) throws(StoreError) -> JSONObject {
        try Self.object(try value(at: position))
    }

    private static func object(_ text: Data) throws(StoreError) -> JSONObject {
        guard text.count > 2 else { return [:] }
        let value: JSONValue
        do throws(JSONReader.Malformed) {
            value = try JSONReader.value(text)
        } catch {
            throw StoreError(.corrupted, "read", "a stored object cannot be read", cause: error)
        }
        guard case .object(let members) = value else {
            throw StoreError(.corrupted, "read", "a stored object is something else")
        }
        return members
    }
}
