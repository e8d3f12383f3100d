/// The token the parser looks at.
struct Token {
    /// What it is.
    var kind = TokenKind.newline

    /// Byte offset of its first byte.
    var start: UInt32 = 0

    /// Byte offset after its last byte.
    var end: UInt32 = 0

    /// A symbol, text or big integer's index, an integer, or a float's bits, as the kind demands.
    var value: Int64 = 0
}
