extension Scanner {
    /// Reads an identifier, a keyword, or a string with a prefix.
    mutating func scanWord(_ first: UInt8) {
        let next = peek(1)
        if next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") {
            if let style = StringStyle(prefix: first, options: options) {
                return scanString(prefix: 1, style: style)
            }
        } else if peek(2) == UInt8(ascii: "\"") || peek(2) == UInt8(ascii: "'") {
            if let style = StringStyle(prefix: first, next, options: options) {
                return scanString(prefix: 2, style: style)
            }
        }
        scanIdentifier()
    }

    private mutating func scanIdentifier() {
        let start = position
        var hash = SymbolTable.hashSeed
        var index = position
        while index < end {
            let byte = bytes[index]
            if Scanner.isWordByte(byte) {
                hash = SymbolTable.hash(hash, byte)
                index += 1
            } else if byte >= 0x80, let length = letterLength(at: index) {
                for offset in 0..<length { hash = SymbolTable.hash(hash, bytes[index + offset]) }
                index += length
            } else {
                break
            }
        }
        position = index
        let text = UnsafeBufferPointer(rebasing: bytes[start..<index])
        let symbol = symbols.intern(text, hash: hash)
        finish(TokenKind(symbol: symbol), from: start, value: Int64(symbol.rawValue))
    }

    /// Reads an identifier that begins with a letter outside ASCII, or reports the character and passes it.
    mutating func scanUnicodeWord() -> Bool {
        if letterLength(at: position) != nil {
            scanIdentifier()
            return true
        }
        let decoded = scalar(at: position)
        let text = decoded.map { "'\($0.scalar)'" } ?? "byte \(bytes[position]): the file is not UTF-8"
        report("unexpected input character \(text)", at: position)
        position += decoded?.length ?? 1
        return false
    }

    @inline(__always)
    static func isWordByte(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return (lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")) || byte == UInt8(ascii: "_")
            || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }

    private func letterLength(at index: Int) -> Int? {
        guard let decoded = scalar(at: index) else { return nil }
        switch decoded.scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return decoded.length
        default:
            return nil
        }
    }

    /// Decodes the code point at an index; nil when the bytes are not UTF-8.
    private func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
        var iterator = bytes[index..<min(end, index + 4)].makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
        return (scalar, UTF8.width(scalar))
    }
}
