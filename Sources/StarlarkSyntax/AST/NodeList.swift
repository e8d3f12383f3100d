/// A run of neighbouring entries in one of the tree's tables; read it with `tree[list]`.
public struct NodeList<Element: Sendable>: Sendable {
    /// Index of the first entry.
    public let start: Int32

    /// How many entries follow.
    public let count: Int32

    /// A run of `count` entries from `start` on.
    @inlinable
    public init(start: Int, count: Int) {
        self.start = Int32(truncatingIfNeeded: start)
        self.count = Int32(truncatingIfNeeded: count)
    }

    /// The entries' indices in the table.
    @inlinable
    public var indices: Range<Int> { Int(start)..<(Int(start) + Int(count)) }

    /// Whether the run has no entry.
    @inlinable
    public var isEmpty: Bool { count == 0 }
}
