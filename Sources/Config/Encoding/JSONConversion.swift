import Model
import Starlark

/// Carries values between Starlark and the JSON-like values that are recorded.
enum JSONConversion {
    /// How deep recorded values may nest.
    static let depthMax = 200
    /// How much room recorded values may take together, such as all attributes of a build: 1 MiB.
    static let recordedBytesMax = 1 << 20

    /// A recorded value as Starlark sees it.
    static func starlark(_ value: JSONValue) -> StarlarkData {
        switch value {
        case .null: .none
        case .bool(let value): .bool(value)
        case .int(let value): .int(Int(value))
        case .double(let value): .float(value)
        case .string(let value): .string(value)
        case .array(let elements): .list(elements.map(starlark))
        case .object(let object): .dict(starlark(object))
        }
    }

    /// A recorded object as a dict, its keys in byte order.
    static func starlark(_ object: JSONObject) -> StarlarkDictionary {
        let keys = object.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return StarlarkDictionary(keys.map { ($0, starlark(object[$0] ?? .null)) })
    }

    /// A value of Starlark as it is recorded; floats that JSON cannot say are refused.
    ///
    /// - Parameter path: names the value in errors, such as `outputs["url"]`.
    static func json(_ value: StarlarkData, path: String, depth: Int = 0) throws(EncodingFailure) -> JSONValue {
        guard depth <= depthMax else { throw EncodingFailure("a value nests deeper than \(depthMax)") }
        switch value {
        case .none: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(Int64(value))
        case .float(let value):
            guard value.isFinite else { throw EncodingFailure("\(path) is \(value), which cannot be recorded") }
            return .double(value)
        case .string(let value): return .string(value)
        case .list(let elements):
            var array: [JSONValue] = []
            array.reserveCapacity(elements.count)
            for (position, element) in elements.enumerated() {
                array.append(try json(element, path: "\(path)[\(position)]", depth: depth + 1))
            }
            return .array(array)
        case .dict(let dictionary): return .object(try json(dictionary, path: path, depth: depth))
        }
    }

    /// A dict of Starlark as it is recorded.
    static func json(
        _ dictionary: StarlarkDictionary, path: String, depth: Int = 0
    ) throws(EncodingFailure) -> JSONObject {
        var object: JSONObject = [:]
        for (key, value) in dictionary.entries {
            object[key] = try json(value, path: "\(path)[\"\(key)\"]", depth: depth + 1)
        }
        return object
    }

    /// Refuses what would take too much room: about as many bytes as its JSON has.
    static func check(_ object: JSONObject, path: String) throws(EncodingFailure) {
        let bytes = byteCount(.object(object))
        guard bytes <= recordedBytesMax else {
            throw EncodingFailure("\(path) would take \(bytes) bytes, more than the \(recordedBytesMax) allowed")
        }
    }

    private static func byteCount(_ value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .int, .double: 8
        case .string(let text): text.utf8.count + 2
        case .array(let elements): elements.reduce(2) { $0 + 1 + byteCount($1) }
        case .object(let object): object.reduce(2) { $0 + 4 + $1.key.utf8.count + byteCount($1.value) }
        }
    }

    /// What a reference holds, as it is recorded.
    static func json(_ reference: ValueReference, path: String) throws(EncodingFailure) -> JSONValue {
        try json(data(reference, path: path), path: path)
    }

    /// A dict that a reference holds, as it is recorded.
    static func object(_ reference: ValueReference, path: String) throws(EncodingFailure) -> JSONObject {
        guard case .dict(let dictionary) = try data(reference, path: path) else {
            throw EncodingFailure("\(path) must be a dict, got \(reference.typeName)")
        }
        let object = try json(dictionary, path: path)
        try check(object, path: path)
        return object
    }

    private static func data(_ reference: ValueReference, path: String) throws(EncodingFailure) -> StarlarkData {
        do {
            return try reference.data()
        } catch {
            throw EncodingFailure("\(path): \(error.summary)")
        }
    }
}
