extension Scanner {
    /// Reads punctuation; reports and passes a byte that is none.
    mutating func scanPunctuation(_ byte: UInt8) -> Bool {
        let start = position
        switch byte {
        case UInt8(ascii: ","): return finishOne(.comma)
        case UInt8(ascii: ":"): return finishOne(.colon)
        case UInt8(ascii: ";"): return finishOne(.semicolon)
        case UInt8(ascii: "~"): return finishOne(.tilde)
        case UInt8(ascii: "("): return open(.leftParenthesis)
        case UInt8(ascii: "["): return open(.leftBracket)
        case UInt8(ascii: "{"): return open(.leftBrace)
        case UInt8(ascii: ")"): return close(.rightParenthesis)
        case UInt8(ascii: "]"): return close(.rightBracket)
        case UInt8(ascii: "}"): return close(.rightBrace)
        case UInt8(ascii: "."):
            if !Scanner.isDigit(peek(1)) { return finishOne(.dot) }
            scanFraction(from: start)
            return true
        default:
            guard let (kind, length) = operatorToken(byte) else {
                let text = byte >= 0x20 && byte < 0x7F ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
                report("unexpected input character \(text)", at: position)
                position += 1
                return false
            }
            position += length
            finish(kind, from: start)
            return true
        }
    }

    @inline(__always)
    private mutating func finishOne(_ kind: TokenKind) -> Bool {
        position += 1
        finish(kind, from: position - 1)
        return true
    }

    private mutating func open(_ kind: TokenKind) -> Bool {
        depth += 1
        return finishOne(kind)
    }

    private mutating func close(_ kind: TokenKind) -> Bool {
        guard depth > 0 else {
            report("unexpected \(kind)", at: position)
            position += 1
            return false
        }
        depth -= 1
        return finishOne(kind)
    }

    private func operatorToken(_ byte: UInt8) -> (TokenKind, Int)? {
        let next = peek(1)
        let isAssign = next == UInt8(ascii: "=")
        switch byte {
        case UInt8(ascii: "="): return isAssign ? (.equal, 2) : (.assign, 1)
        case UInt8(ascii: "!"): return isAssign ? (.notEqual, 2) : isInFormatted ? (.bang, 1) : nil
        case UInt8(ascii: "+"): return isAssign ? (.plusAssign, 2) : (.plus, 1)
        case UInt8(ascii: "-"):
            if next == UInt8(ascii: ">") { return (.arrow, 2) }
            return isAssign ? (.minusAssign, 2) : (.minus, 1)
        case UInt8(ascii: "%"): return isAssign ? (.percentAssign, 2) : (.percent, 1)
        case UInt8(ascii: "&"): return isAssign ? (.ampersandAssign, 2) : (.ampersand, 1)
        case UInt8(ascii: "|"): return isAssign ? (.pipeAssign, 2) : (.pipe, 1)
        case UInt8(ascii: "^"): return isAssign ? (.caretAssign, 2) : (.caret, 1)
        case UInt8(ascii: "*"):
            if next == byte { return (.starStar, 2) }
            return isAssign ? (.starAssign, 2) : (.star, 1)
        case UInt8(ascii: "/"):
            return doubled(byte, .slash, .slashAssign, .slashSlash, .slashSlashAssign)
        case UInt8(ascii: "<"): return doubled(byte, .less, .lessOrEqual, .shiftLeft, .shiftLeftAssign)
        case UInt8(ascii: ">"): return doubled(byte, .greater, .greaterOrEqual, .shiftRight, .shiftRightAssign)
        default: return nil
        }
    }

    /// `x`, `x=`, `xx` or `xx=`.
    private func doubled(
        _ byte: UInt8, _ one: TokenKind, _ oneAssign: TokenKind, _ two: TokenKind, _ twoAssign: TokenKind
    ) -> (TokenKind, Int) {
        if peek(1) == byte { return peek(2) == UInt8(ascii: "=") ? (twoAssign, 3) : (two, 2) }
        return peek(1) == UInt8(ascii: "=") ? (oneAssign, 2) : (one, 1)
    }
}
