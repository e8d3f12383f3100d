/// The place of a statement in its tree's table of statements.
public struct StatementID: Hashable, Sendable {
    /// The position in that table, counted from 0.
    public let rawValue: Int32

    /// Names the entry at `index`.
    @inlinable
    public init(_ index: Int) { rawValue = Int32(truncatingIfNeeded: index) }

    /// The position as an array index.
    @inlinable
    public var index: Int { Int(rawValue) }
}
