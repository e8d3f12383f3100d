/// A bound on the stack that recursion may use, counted from where the budget is made.
///
/// Threads of Swift and of Dispatch have 512 KiB of stack, and running out of it kills the process: recursive code
/// whose depth the input decides checks `isSpent` on every level. Valid only on the thread that made it.
public struct StackBudget: Sendable {
    private let lowest: UInt

    /// Allows `bytesMax` of stack below the caller's frame.
    public init(bytesMax: Int) {
        let here = StackBudget.address()
        let bytes = UInt(max(0, bytesMax))
        lowest = here > bytes ? here - bytes : 0
    }

    /// Whether the stack has grown past the bound.
    @inline(__always)
    public var isSpent: Bool { StackBudget.address() < lowest }

    @inline(__always)
    private static func address() -> UInt {
        var marker: UInt8 = 0
        return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
    }
}
