import Starlark

/// Writes YAML in block style, two spaces a level, keys in their order.
struct YAMLWriter {
    private var text: [UInt8] = []
    private let bytesMax: Int

    /// Writes a document that ends with a newline.
    static func encode(_ value: StarlarkData, bytesMax: Int) throws(EncodingFailure) -> [UInt8] {
        var writer = YAMLWriter(bytesMax: bytesMax)
        switch value {
        case .list(let elements) where !elements.isEmpty: try writer.write(elements, indent: 0)
        case .dict(let pairs) where !pairs.isEmpty: try writer.write(pairs, indent: 0)
        default: try writer.writeInline(value, indent: 0)
        }
        return writer.text
    }

    private init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    private mutating func write(_ pairs: StarlarkDictionary, indent: Int) throws(EncodingFailure) {
        for (position, pair) in pairs.entries.enumerated() {
            if position > 0 || indent == 0 || text.last == 0x0A { pad(indent) }
            append(isPlain(pair.key) ? pair.key : quoted(pair.key))
            append(":")
            switch pair.value {
            case .list(let elements) where !elements.isEmpty:
                append("\n")
                try write(elements, indent: indent)
            case .dict(let pairs) where !pairs.isEmpty:
                append("\n")
                try write(pairs, indent: indent + 2)
            default:
                append(" ")
                try writeInline(pair.value, indent: indent + 2)
            }
        }
    }

    private mutating func write(_ elements: [StarlarkData], indent: Int) throws(EncodingFailure) {
        for (position, element) in elements.enumerated() {
            if position > 0 || text.isEmpty || text.last == 0x0A { pad(indent) }
            append("- ")
            switch element {
            case .list(let elements) where !elements.isEmpty: try write(elements, indent: indent + 2)
            case .dict(let pairs) where !pairs.isEmpty: try write(pairs, indent: indent + 2)
            default: try writeInline(element, indent: indent + 2)
            }
        }
    }

    private mutating func writeInline(_ value: StarlarkData, indent: Int) throws(EncodingFailure) {
        guard text.count <= bytesMax else { throw EncodingFailure("the text would exceed \(bytesMax) bytes") }
        switch value {
        case .none: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .int(let value): append(String(value))
        case .float(let value):
            append(value.isNaN ? ".nan" : value == .infinity ? ".inf" : value == -.infinity ? "-.inf" : "\(value)")
        case .string(let string) where isPlain(string): append(string)
        case .string(let string) where isLiteral(string):
            writeLiteral(string, indent: indent)
            return
        case .string(let string): append(quoted(string))
        case .list: append("[]")
        case .dict: append("{}")
        }
        append("\n")
    }

    private mutating func pad(_ indent: Int) {
        text.append(contentsOf: repeatElement(0x20, count: indent))
    }

    private mutating func append(_ piece: String) {
        text.append(contentsOf: piece.utf8)
    }

    /// JSON's form of a string, which YAML reads the same.
    private func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar == "\u{FEFF}":
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    private mutating func writeLiteral(_ string: String, indent: Int) {
        let trailing = string.utf8.reversed().prefix { $0 == 0x0A }.count
        append(trailing == 0 ? "|-\n" : trailing == 1 ? "|\n" : "|+\n")
        let body = trailing == 0 ? string[...] : string.dropLast()
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            if !line.isEmpty { pad(max(indent, 2)) }
            append(line + "\n")
        }
    }

    /// Whether a string reads well over several lines: printable, and neither its first line indented nor empty.
    private func isLiteral(_ string: String) -> Bool {
        guard let first = string.utf8.first, first != 0x20, first != 0x0A, string.utf8.contains(0x0A) else {
            return false
        }
        return string.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || (scalar.value >= 0x20 && scalar.value < 0x7F)
                || (scalar.value >= 0xA0 && scalar.value != 0x2028 && scalar.value != 0x2029 && scalar.value != 0xFEFF)
        }
    }

    /// Whether a string needs no quotes in any version of YAML.
    private func isPlain(_ string: String) -> Bool {
        guard let first = string.utf8.first, let last = string.utf8.last, string.utf8.count <= 1000 else {
            return false
        }
        let isLetter: (UInt8) -> Bool = { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
        guard isLetter(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "_"), last != 0x20 else {
            return false
        }
        let isSafe: (UInt8) -> Bool = {
            isLetter($0) || (0x30...0x39).contains($0) || " ./_-+=".utf8.contains($0)
        }
        guard string.utf8.allSatisfy(isSafe) else { return false }
        let words: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
        return !words.contains(string.lowercased())
    }
}
