extension Scanner {
    /// What a pass over a literal's text found.
    private struct Extent {
        var end = 0
        /// Whether backslashes or carriage returns need decoding.
        var isPlain = true
        var isASCII = true
    }

    /// Reads a string literal that begins with `prefix` letters.
    mutating func scanString(prefix: Int, style: StringStyle) {
        let start = position
        let quote = peek(prefix)
        let isTriple = peek(prefix + 1) == quote && peek(prefix + 2) == quote
        let quotes = isTriple ? 3 : 1
        let content = start + prefix + quotes
        let kind: TokenKind = style.isFormatted ? .formattedString : style.isBytes ? .bytes : .string
        guard let extent = measure(from: content, quote: quote, isTriple: isTriple, start: start) else {
            let text = texts.finish(from: texts.mark, isASCII: true)
            return finish(style.isFormatted ? .string : kind, from: start, value: Int64(text.rawValue))
        }
        position = extent.end + quotes
        if style.isFormatted {
            // The parser reads the parts itself: the value tells where the content begins and if it is raw.
            let value = Int64(content) << 3 | Int64(quotes) << 1 | (style.isRaw ? 1 : 0)
            return finish(kind, from: start, value: value)
        }
        let text = decode(content..<extent.end, style: style, isPlain: extent.isPlain, isASCII: extent.isASCII)
        finish(kind, from: start, value: Int64(text.rawValue))
    }

    /// Finds the closing quotes; nil, and reports it, when there are none.
    private mutating func measure(from content: Int, quote: UInt8, isTriple: Bool, start: Int) -> Extent? {
        var extent = Extent()
        var all: UInt8 = 0
        var index = content
        while index < end {
            let byte = bytes[index]
            if byte == quote {
                let isThird = index + 2 < end && bytes[index + 1] == quote && bytes[index + 2] == quote
                if !isTriple || isThird {
                    extent.end = index
                    extent.isASCII = all < 128
                    return extent
                }
            } else if byte == UInt8(ascii: "\\") {
                extent.isPlain = false
                index += 1
                if index < end {
                    all |= bytes[index]
                    if bytes[index] == 0x0D, index + 1 < end, bytes[index + 1] == 0x0A { index += 1 }
                }
            } else if byte == 0x0A || byte == 0x0D {
                if !isTriple { break }
                if byte == 0x0D { extent.isPlain = false }
            }
            all |= byte
            index += 1
        }
        position = min(index, end)
        if position >= end, isTriple { diagnostics.endEarly() }
        report(position < end ? "unexpected newline in string" : "unexpected EOF in string", at: start)
        return nil
    }

    /// Adds the value of the text in `range` to the table.
    mutating func decode(_ range: Range<Int>, style: StringStyle, isPlain: Bool, isASCII: Bool) -> TextID {
        let mark = texts.mark
        if !isASCII { checkUTF8(range) }
        if isPlain {
            texts.append(UnsafeBufferPointer(rebasing: bytes[range]))
            return texts.finish(from: mark, isASCII: isASCII)
        }
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte == 0x0D {
                texts.append(0x0A)
                index += index + 1 < range.upperBound && bytes[index + 1] == 0x0A ? 2 : 1
            } else if byte == UInt8(ascii: "\\"), !style.isRaw {
                index = decodeEscape(index, in: range, isBytes: style.isBytes)
            } else {
                texts.append(byte)
                index += 1
            }
        }
        return texts.finish(from: mark)
    }

    private mutating func checkUTF8(_ range: Range<Int>) {
        if String(validating: bytes[range], as: UTF8.self) == nil {
            report("invalid UTF-8 in string", at: range.lowerBound)
        }
    }
}
