extension TokenKind {
    /// How tightly comparisons bind; they do not chain.
    static let comparisonPrecedence = 3

    /// How tightly `not` binds.
    static let notPrecedence = 2

    /// The infix operator a token stands for and how tightly it binds, from 0 up; nil for other tokens.
    ///
    /// `not` stands for the beginning of `not in`.
    @inline(__always)
    var binary: (operation: BinaryOperator, precedence: Int)? {
        if rawValue < TokenKind.plus.rawValue { return nil }
        return infix
    }

    private var infix: (operation: BinaryOperator, precedence: Int)? {
        switch self {
        case .or: (.or, 0)
        case .and: (.and, 1)
        case .equal: (.equal, 3)
        case .notEqual: (.notEqual, 3)
        case .less: (.less, 3)
        case .greater: (.greater, 3)
        case .lessOrEqual: (.lessOrEqual, 3)
        case .greaterOrEqual: (.greaterOrEqual, 3)
        case .in: (.in, 3)
        case .not: (.notIn, 3)
        case .pipe: (.orBits, 4)
        case .caret: (.xor, 5)
        case .ampersand: (.andBits, 6)
        case .shiftLeft: (.shiftLeft, 7)
        case .shiftRight: (.shiftRight, 7)
        case .plus: (.plus, 8)
        case .minus: (.minus, 8)
        case .star: (.times, 9)
        case .slash: (.divide, 9)
        case .slashSlash: (.floorDivide, 9)
        case .percent: (.modulo, 9)
        default: nil
        }
    }

    /// The operator of an augmented assignment.
    var augmented: BinaryOperator? {
        switch self {
        case .plusAssign: .plus
        case .minusAssign: .minus
        case .starAssign: .times
        case .slashAssign: .divide
        case .slashSlashAssign: .floorDivide
        case .percentAssign: .modulo
        case .ampersandAssign: .andBits
        case .pipeAssign: .orBits
        case .caretAssign: .xor
        case .shiftLeftAssign: .shiftLeft
        case .shiftRightAssign: .shiftRight
        default: nil
        }
    }

    /// Whether a comma-separated list ends before this token.
    var endsList: Bool {
        switch self {
        case .endOfFile, .newline, .assign, .rightBrace, .rightBracket, .rightParenthesis, .semicolon: true
        default: false
        }
    }
}
