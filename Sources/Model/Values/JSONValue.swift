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
    /// Where a decoder keeps the whole of what it reads, if somebody has read it already.
    static let wholeKey = CodingUserInfoKey(rawValue: "ocuroot.whole")

    /// Decodes whichever kind of JSON value stands there.
    ///
    /// Asking a decoder for one kind after the other takes it time that grows with the cube of the nesting, for what its
    /// refusals hold; so what is known already is not asked for.
    public init(from decoder: any Decoder) throws {
        if let key = Self.wholeKey, let whole = decoder.userInfo[key] as? JSONValue {
            self = try whole.value(at: decoder.codingPath)
            return
        }
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

extension JSONValue {
    private func value(at path: [any CodingKey]) throws -> JSONValue {
        var value = self
        for key in path {
            let inner: JSONValue? =
                switch value {
                case .object(let members): members[key.stringValue]
                case .array(let elements): key.intValue.flatMap { elements.indices.contains($0) ? elements[$0] : nil }
                case .null, .bool, .int, .double, .string: nil
                }
            guard let inner else {
                throw DecodingError.dataCorrupted(
                    DecodingError.Context(codingPath: path, debugDescription: "a key stands twice before it"))
            }
            value = inner
        }
        return value
    }
}
