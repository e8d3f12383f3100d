/// An operator that makes a value from two: what `NativeType.binary` and error messages are told.
enum BinaryOperation: UInt8 {
    case add
    case subtract
    case multiply
    case divide
    case floorDivide
    case modulo
    case and
    case or
    case xor
    case shiftLeft
    case shiftRight

    /// The operator as it is written.
    var text: String {
        switch self {
        case .add: "+"
        case .subtract: "-"
        case .multiply: "*"
        case .divide: "/"
        case .floorDivide: "//"
        case .modulo: "%"
        case .and: "&"
        case .or: "|"
        case .xor: "^"
        case .shiftLeft: "<<"
        case .shiftRight: ">>"
        }
    }
}
