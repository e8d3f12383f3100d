/// An infix operator.
public enum BinaryOperator: UInt8, Sendable, CaseIterable {
    /// `or`: the right side is evaluated only when the left is false.
    case or
    /// `and`: the right side is evaluated only when the left is true.
    case and
    /// `==`
    case equal
    /// `!=`
    case notEqual
    /// `<`
    case less
    /// `>`
    case greater
    /// `<=`
    case lessOrEqual
    /// `>=`
    case greaterOrEqual
    /// `in`
    case `in`
    /// `not in`
    case notIn
    /// `|`
    case orBits
    /// `^`
    case xor
    /// `&`
    case andBits
    /// `<<`
    case shiftLeft
    /// `>>`
    case shiftRight
    /// `+`
    case plus
    /// `-`
    case minus
    /// `*`
    case times
    /// `/`
    case divide
    /// `//`
    case floorDivide
    /// `%`
    case modulo

    /// The operator as it is written.
    public var text: String {
        switch self {
        case .or: "or"
        case .and: "and"
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .greater: ">"
        case .lessOrEqual: "<="
        case .greaterOrEqual: ">="
        case .in: "in"
        case .notIn: "not in"
        case .orBits: "|"
        case .xor: "^"
        case .andBits: "&"
        case .shiftLeft: "<<"
        case .shiftRight: ">>"
        case .plus: "+"
        case .minus: "-"
        case .times: "*"
        case .divide: "/"
        case .floorDivide: "//"
        case .modulo: "%"
        }
    }
}
