/// A value between Starlark and a text: what JSON and YAML can say, in order, with integers of any size.
indirect enum EncodedValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int64)
    /// Decimal digits, perhaps after a minus sign, of an integer that does not fit 64 bits.
    case bigInt(String)
    case double(Double)
    case string(String)
    case array([EncodedValue])
    case object([EncodedPair])

    /// How deep values may nest in a text.
    static let depthMax = 500
}

/// One entry of an object.
struct EncodedPair: Sendable, Equatable {
    let key: String
    let value: EncodedValue
}
