/// Where an identifier stands.
public struct NameUse: Sendable {
    /// Which identifier.
    public let symbol: Symbol

    /// Byte offset of its first byte.
    public let position: UInt32
}
