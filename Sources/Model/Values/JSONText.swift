import Foundation

/// The one way that this project writes and reads JSON: keys in order, times as RFC 3339 with milliseconds, UTC.
public enum JSONText {
    private static let format = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let formatWithoutFraction = Date.ISO8601FormatStyle()

    /// Writes a value.
    ///
    /// - Parameter pretty: over several indented lines, for people.
    public static func encode(_ value: some Encodable, pretty: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(time(date))
        }
        return try encoder.encode(value)
    }

    /// Reads a value, in time that does not grow with the nesting, which is bounded.
    ///
    /// - Throws: a `DecodingError`.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let whole: JSONValue
        do throws(JSONReader.Malformed) {
            whole = try JSONReader.value(data)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: [], debugDescription: "\(error)", underlyingError: error))
        }
        let decoder = JSONDecoder()
        if let key = JSONValue.wholeKey { decoder.userInfo[key] = whole }
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let date = date(text) else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "'\(text)' is not a time as RFC 3339 writes it")
            }
            return date
        }
        return try decoder.decode(type, from: data)
    }

    /// A time as RFC 3339 writes it, in UTC, with milliseconds.
    public static func time(_ date: Date) -> String {
        date.formatted(format)
    }

    /// Reads a time as RFC 3339 writes it; nil for anything else.
    public static func date(_ text: String) -> Date? {
        (try? format.parse(text)) ?? (try? formatWithoutFraction.parse(text))
    }
}
