import Model

extension [String: JSONValue] {
    /// The object as it reads back from the database, where a float without a fraction is a whole number.
    var normalized: JSONObject { mapValues(\.normalized) }
}

extension JSONValue {
    /// The value as it reads back from the database.
    var normalized: JSONValue {
        switch self {
        case .double(let number): Int64(exactly: number).map { .int($0) } ?? self
        case .array(let values): .array(values.map(\.normalized))
        case .object(let members): .object(members.mapValues(\.normalized))
        case .null, .bool, .int, .string: self
        }
    }
}
