/// An integer literal that does not fit 64 bits.
public struct BigIntegerLiteral: Sendable {
    /// The digits in ASCII, without prefix, sign or leading zeros.
    public let digits: [UInt8]

    /// 2, 8, 10 or 16.
    public let radix: Int
}
