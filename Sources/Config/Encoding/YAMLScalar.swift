import Starlark
import Yams

/// Gives a YAML scalar its type, by its tag or by the core schema of YAML 1.2.
enum YAMLScalar {
    private static let prefix = "tag:yaml.org,2002:"

    /// The value of a scalar.
    static func value(_ scalar: Node.Scalar) throws(EncodingFailure) -> StarlarkData {
        let tag = scalar.tag.rawValue
        guard tag.hasPrefix(prefix) else {
            return scalar.style == .plain && tag != "!" ? try plain(scalar.string) : .string(scalar.string)
        }
        let kind = tag.dropFirst(prefix.count)
        let value = try plain(scalar.string)
        switch (kind, value) {
        case ("str", _): return .string(scalar.string)
        case ("null", .none), ("bool", .bool), ("int", .int), ("float", .float): return value
        case ("float", .int(let whole)): return .float(Double(whole))
        case ("null", _), ("bool", _), ("int", _), ("float", _):
            throw EncodingFailure("YAML: '\(scalar.string)' is not of the type !!\(kind)")
        default: return .string(scalar.string)
        }
    }

    /// What a plain text means in the core schema.
    static func plain(_ text: String) throws(EncodingFailure) -> StarlarkData {
        switch text {
        case "", "~", "null", "Null", "NULL": return .none
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        default: return try number(text) ?? .string(text)
        }
    }

    private static func number(_ text: String) throws(EncodingFailure) -> StarlarkData? {
        guard let first = text.utf8.first,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || "+-.".utf8.contains(first)
        else { return nil }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map(StarlarkData.int) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map(StarlarkData.int) }
        let unsigned = text.drop { $0 == "+" || $0 == "-" }
        guard text.utf8.count - unsigned.utf8.count <= 1 else { return nil }
        let isDigits = !unsigned.isEmpty && unsigned.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isDigits {
            guard let value = Int(text) else {
                throw EncodingFailure("YAML: \(text) does not fit an integer of 64 bits; write it in quotes")
            }
            return .int(value)
        }
        guard isDecimal(unsigned), let value = Double(text), value.isFinite else { return nil }
        return .float(value)
    }

    /// Whether a text is digits with a point, an exponent or both.
    private static func isDecimal(_ text: Substring) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
        guard let mantissa = parts.first, parts.count <= 2 else { return false }
        let digits = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        guard digits.count <= 2, digits.contains(where: { !$0.isEmpty }), digits.allSatisfy(isDigits) else {
            return false
        }
        guard parts.count == 2 else { return true }
        let exponent = parts[1].hasPrefix("+") || parts[1].hasPrefix("-") ? parts[1].dropFirst() : parts[1]
        return !exponent.isEmpty && isDigits(exponent)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
