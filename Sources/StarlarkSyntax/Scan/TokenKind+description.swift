extension TokenKind: CustomStringConvertible {
    /// The token as error messages call it: punctuation in quotes, keywords bare, others described.
    var description: String {
        switch self {
        case .endOfFile: "end of file"
        case .newline: "newline"
        case .indent: "indent"
        case .outdent: "outdent"
        case .identifier: "identifier"
        case .integer, .bigInteger: "int literal"
        case .float: "float literal"
        case .string: "string literal"
        case .bytes: "bytes literal"
        case .formattedString: "f-string"
        case .reserved: "reserved word"
        default: keyword ?? "'\(punctuation)'"
        }
    }

    /// The text of a keyword.
    private var keyword: String? { TokenKind.words.first { $0.kind == self }?.text }

    private var punctuation: String { operatorText ?? assignmentText ?? delimiter }

    private var delimiter: String {
        switch self {
        case .comma: ","
        case .colon: ":"
        case .semicolon: ";"
        case .dot: "."
        case .arrow: "->"
        case .leftParenthesis: "("
        case .rightParenthesis: ")"
        case .leftBracket: "["
        case .rightBracket: "]"
        case .leftBrace: "{"
        case .rightBrace: "}"
        case .bang: "!"
        default: "?"
        }
    }

    private var operatorText: String? {
        switch self {
        case .starStar: "**"
        case .tilde: "~"
        default: binary?.operation.text
        }
    }

    private var assignmentText: String? {
        self == .assign ? "=" : augmented.map { $0.text + "=" }
    }
}
