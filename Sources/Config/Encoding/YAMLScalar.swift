import Yams

/// Gives a YAML scalar its type, by its tag or by the core schema of YAML 1.2.
enum YAMLScalar {
    private static let prefix = "tag:yaml.org,2002:"

    /// The value of a scalar.
    static func value(_ scalar: Node.Scalar) throws(EncodingFailure) -> EncodedValue {
        let tag = scalar.tag.rawValue
        guard tag.hasPrefix(prefix) else {
            return scalar.style == .plain && tag != "!" ? plain(scalar.string) : .string(scalar.string)
        }
        let kind = tag.dropFirst(prefix.count)
        let value = plain(scalar.string)
        switch (kind, value) {
        case ("str", _): return .string(scalar.string)
        case ("null", .null), ("bool", .bool), ("int", .int), ("int", .bigInt), ("float", .double): return value
        case ("float", .int(let whole)): return .double(Double(whole))
        case ("null", _), ("bool", _), ("int", _), ("float", _):
            throw EncodingFailure("YAML: '\(scalar.string)' is not of the type !!\(kind)")
        default: return .string(scalar.string)
        }
    }

    /// What a plain text means in the core schema.
    static func plain(_ text: String) -> EncodedValue {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
        case ".nan", ".NaN", ".NAN": return .double(.nan)
        default: return number(text) ?? .string(text)
        }
    }

    private static func number(_ text: String) -> EncodedValue? {
        guard let first = text.utf8.first,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) || "+-.".utf8.contains(first)
        else { return nil }
        if text.hasPrefix("0x") { return Int64(text.dropFirst(2), radix: 16).map(EncodedValue.int) }
        if text.hasPrefix("0o") { return Int64(text.dropFirst(2), radix: 8).map(EncodedValue.int) }
        let unsigned = text.drop { $0 == "+" || $0 == "-" }
        guard text.utf8.count - unsigned.utf8.count <= 1 else { return nil }
        let isDigits = !unsigned.isEmpty && unsigned.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if isDigits {
            if let value = Int64(text) { return .int(value) }
            return .bigInt((text.hasPrefix("-") ? "-" : "") + unsigned.drop { $0 == "0" })
        }
        guard isDecimal(unsigned), let value = Double(text), value.isFinite else { return nil }
        return .double(value)
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
