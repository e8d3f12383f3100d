/// Character data of XML.
enum XMLText {
    /// `text` with its references replaced: the five named ones and those by number; nil for any other.
    static func resolve(_ text: ArraySlice<UInt8>) -> String? {
        guard text.contains(UInt8(ascii: "&")) else { return String(validating: text, as: UTF8.self) }
        var resolved = ""
        var rest = text
        while !rest.isEmpty {
            let plain = rest.prefix { $0 != UInt8(ascii: "&") }
            guard let part = String(validating: plain, as: UTF8.self) else { return nil }
            resolved += part
            rest = rest[plain.endIndex...]
            guard !rest.isEmpty else { break }
            guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")) else { return nil }
            let name = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
            guard let character = character(name) else { return nil }
            resolved.unicodeScalars.append(character)
            rest = rest[(end + 1)...]
        }
        return resolved
    }

    private static func character(_ name: String) -> Unicode.Scalar? {
        switch name {
        case "amp": "&"
        case "lt": "<"
        case "gt": ">"
        case "quot": "\""
        case "apos": "'"
        case _ where name.hasPrefix("#x"): UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        case _ where name.hasPrefix("#"): UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
        default: nil
        }
    }
}
