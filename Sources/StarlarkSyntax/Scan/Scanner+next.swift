extension Scanner {
    /// Moves on to the next token.
    mutating func next() {
        while true {
            if isAtLineStart { scanIndentation() }
            if dents != 0 { return finishDent() }
            while position < end, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
            guard position < end else {
                if finishEnd() { return }
                continue
            }
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "#"): skipComment()
            case 0x0A, 0x0D: if finishNewline(byte) { return }
            case UInt8(ascii: "\\"): skipContinuation()
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                return scanWord(byte)
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                return scanString(prefix: 0, style: .plain)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): return scanNumber()
            case 0x80...0xFF: if scanUnicodeWord() { return }
            default: if scanPunctuation(byte) { return }
            }
        }
    }

    private mutating func finishDent() {
        if dents < 0 {
            dents += 1
            finish(.outdent, from: position)
        } else {
            dents -= 1
            finish(.indent, from: position)
        }
    }

    /// Measures a line's indentation and queues indents and outdents.
    private mutating func scanIndentation() {
        isAtLineStart = false
        var column = 0
        while position < end {
            if bytes[position] == 0x20 {
                column += 1
            } else if bytes[position] == 0x09 {
                column = (column / 8 + 1) * 8
            } else {
                break
            }
            position += 1
        }
        let byte = peek()
        isBlankLine = position >= end || byte == UInt8(ascii: "#") || byte == 0x0A || byte == 0x0D
        if !isBlankLine, depth == 0, column != indents[indents.count - 1] { queueDents(column) }
    }

    private mutating func queueDents(_ column: Int) {
        if column > indents[indents.count - 1] {
            indents.append(column)
            dents += 1
            return
        }
        while column < indents[indents.count - 1] {
            indents.removeLast()
            dents -= 1
        }
        if column != indents[indents.count - 1] {
            report("unindent does not match any outer indentation level", at: position)
        }
    }

    private mutating func skipComment() {
        while position < end, bytes[position] != 0x0A, bytes[position] != 0x0D { position += 1 }
    }

    /// Passes a line end; says whether it is a token.
    private mutating func finishNewline(_ byte: UInt8) -> Bool {
        let start = position
        position += byte == 0x0D && peek(1) == 0x0A ? 2 : 1
        isAtLineStart = true
        if depth > 0 || isBlankLine { return false }
        finish(.newline, from: start)
        return true
    }

    private mutating func skipContinuation() {
        position += 1
        isBlankLine = false
        let byte = peek()
        if byte == 0x0A {
            position += 1
        } else if byte == 0x0D {
            position += peek(1) == 0x0A ? 2 : 1
        } else if position < end || depth > 0 {
            report("stray backslash in program", at: position - 1)
        }
    }

    /// Ends the open blocks, then the file; false when outdents were queued.
    private mutating func finishEnd() -> Bool {
        if indents.count > 1, depth == 0 {
            if token.kind != .newline, token.kind != .outdent {
                finish(.newline, from: position)
                return true
            }
            dents = 1 - indents.count
            indents.removeLast(indents.count - 1)
            return false
        }
        finish(.endOfFile, from: position)
        return true
    }
}
