/// A prefix operator.
public enum UnaryOperator: UInt8, Sendable, CaseIterable {
    /// `-x`
    case minus
    /// `+x`
    case plus
    /// `~x`
    case invert
    /// `not x`
    case not

    /// The operator as it is written.
    public var text: String {
        switch self {
        case .minus: "-"
        case .plus: "+"
        case .invert: "~"
        case .not: "not"
        }
    }
}
