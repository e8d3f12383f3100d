/// Turns bytes into tokens, one at a time: `token` is the one the parser looks at.
struct Scanner {
    let bytes: UnsafeBufferPointer<UInt8>
    let options: DialectOptions
    var end: Int
    var position = 0
    /// How many brackets are open: newlines inside them mean nothing.
    var depth = 0
    var indents: [Int] = [0]
    /// Indents (positive) or outdents (negative) still to be returned.
    var dents = 0
    var isAtLineStart = true
    var isBlankLine = true
    /// Whether an expression of an f-string is read, where `!` begins the conversion.
    var isInFormatted = false
    var token = Token()
    var symbols = SymbolTable()
    var texts = TextTable()
    var bigIntegers: ContiguousArray<BigIntegerLiteral> = []
    var diagnostics: Diagnostics

    init(source: SourceFile, bytes: UnsafeBufferPointer<UInt8>, options: DialectOptions) {
        self.bytes = bytes
        self.options = options
        end = bytes.count
        diagnostics = Diagnostics(source: source, errorsMax: options.errorsMax)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The byte so many places on, or 0 after the end.
    @inline(__always)
    func peek(_ offset: Int = 0) -> UInt8 {
        position + offset < end ? bytes[position + offset] : 0
    }

    /// Sets `token` to the bytes from `start` to the current position.
    @inline(__always)
    mutating func finish(_ kind: TokenKind, from start: Int, value: Int64 = 0) {
        token.kind = kind
        token.start = UInt32(truncatingIfNeeded: start)
        token.end = UInt32(truncatingIfNeeded: position)
        token.value = value
    }

    mutating func report(_ message: String, at place: Int) {
        diagnostics.add(.scan, at: UInt32(truncatingIfNeeded: place), message)
    }
}
