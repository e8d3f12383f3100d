import Foundation

/// Runs something that blocks on a thread of its own, never one of Swift's pool.
enum FunctionThread {
    /// The size of the thread's stack: 8 MiB.
    private static let stackBytes = 8 << 20

    /// Runs `body` and returns what it returned.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            let thread = Thread { continuation.resume(returning: body()) }
            thread.name = "function"
            thread.stackSize = stackBytes
            thread.start()
        }
    }
}
