/// A JSON-like value: what attributes, annotations, inputs and outputs hold.
public enum JSONValue: Hashable, Sendable {
    /// JSON's null, Starlark's None.
    case null
    /// True or false.
    case bool(Bool)
    /// A whole number of 64 bits; larger ones are refused where they would enter.
    case int(Int64)
    /// A finite number that was written as a float.
    case double(Double)
    /// A text.
    case string(String)
    /// Values in order.
    case array([JSONValue])
    /// Values by key; keys are written in byte order.
    case object([String: JSONValue])
}

/// A map from names to JSON-like values.
public typealias JSONObject = [String: JSONValue]

extension JSONValue: Codable {
    /// Decodes whichever kind of JSON value stands there.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .int(value)
        } else if let value = try? container.decode(Double.self) {
            self = .double(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// Encodes as the same kind of JSON value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .double(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}
