/// Looks for aliases inside mapping keys before a text is given to the YAML parser.
///
/// The parser hashes every key with all that its aliases stand for, which takes for ever when aliases nest; values
/// are walked by us, and counted. So a text that has aliases may only have plain scalars as keys. The scan does not
/// know quotes: it may take a strange text in quotes for a key, in a document that has aliases too.
enum YAMLKeyScan {
    /// Whether the text has an alias, and a key that is an alias or may hold one.
    static func hasAliasInKey(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        var hasAlias = false
        var hasComplexKey = false
        for position in bytes.indices where startsToken(bytes, position) {
            if bytes[position] == UInt8(ascii: "*") {
                hasAlias = true
                if isKeyAlias(bytes, position) { return true }
            } else if bytes[position] == UInt8(ascii: "?"), isSpaceOrEnd(bytes, position + 1) {
                hasComplexKey = true
            }
        }
        return hasAlias && (hasComplexKey || hasCollectionKey(bytes))
    }

    private static func startsToken(_ bytes: [UInt8], _ position: Int) -> Bool {
        position == 0 || " \t\n\r[{,:-?".utf8.contains(bytes[position - 1])
    }

    private static func isSpaceOrEnd(_ bytes: [UInt8], _ position: Int) -> Bool {
        position >= bytes.count || " \t\n\r".utf8.contains(bytes[position])
    }

    /// Whether the alias at `position` is followed by a colon: by spaces first, since a name may hold colons.
    private static func isKeyAlias(_ bytes: [UInt8], _ position: Int) -> Bool {
        var end = position + 1
        while end < bytes.count, !" \t\n\r[]{},".utf8.contains(bytes[end]) {
            if bytes[end] == UInt8(ascii: ":"), isSpaceOrEnd(bytes, end + 1) { return true }
            end += 1
        }
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        return end < bytes.count && bytes[end] == UInt8(ascii: ":")
    }

    /// Whether a closing bracket is followed by a colon.
    private static func hasCollectionKey(_ bytes: [UInt8]) -> Bool {
        var afterBracket = false
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "]"), UInt8(ascii: "}"): afterBracket = true
            case UInt8(ascii: ":") where afterBracket: return true
            case 0x20, 0x09: continue
            default: afterBracket = false
            }
        }
        return false
    }
}
