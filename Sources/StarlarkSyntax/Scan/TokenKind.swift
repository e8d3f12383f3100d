/// What a token is.
enum TokenKind: UInt8 {
    case endOfFile, newline, indent, outdent
    case identifier, integer, bigInteger, float, string, bytes, formattedString
    case comma, colon, semicolon, dot, arrow
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case plus, minus, star, starStar, slash, slashSlash, percent
    case ampersand, pipe, caret, tilde, shiftLeft, shiftRight
    case equal, notEqual, less, greater, lessOrEqual, greaterOrEqual
    case assign, plusAssign, minusAssign, starAssign, slashAssign, slashSlashAssign, percentAssign
    case ampersandAssign, pipeAssign, caretAssign, shiftLeftAssign, shiftRightAssign
    case and, `break`, `continue`, def, elif, `else`, `for`, `if`, `in`, lambda, load, not, or, pass, `return`, `while`
    case reserved
    /// `!` before the conversion in an f-string; a mistake elsewhere.
    case bang

    /// The keywords, in the order of the cases and of their symbols, then the words kept for later.
    static let words: [(text: String, kind: TokenKind)] = [
        ("and", .and), ("break", .break), ("continue", .continue), ("def", .def), ("elif", .elif), ("else", .else),
        ("for", .for), ("if", .if), ("in", .in), ("lambda", .lambda), ("load", .load), ("not", .not), ("or", .or),
        ("pass", .pass), ("return", .return), ("while", .while),
        ("as", .reserved), ("async", .reserved), ("await", .reserved), ("class", .reserved), ("del", .reserved),
        ("except", .reserved), ("finally", .reserved), ("from", .reserved), ("global", .reserved),
        ("import", .reserved), ("is", .reserved), ("nonlocal", .reserved), ("raise", .reserved), ("try", .reserved),
        ("with", .reserved), ("yield", .reserved),
    ]

    /// The kind of a word.
    @inline(__always)
    init(symbol: Symbol) {
        if symbol.rawValue >= 32 {
            self = .identifier
        } else if symbol.rawValue >= 16 {
            self = .reserved
        } else {
            let raw = TokenKind.and.rawValue + UInt8(truncatingIfNeeded: symbol.rawValue)
            self = TokenKind(rawValue: raw) ?? .identifier
        }
    }
}
