import Foundation

/// Runs code on a thread with the stack that Swift's pool threads have: recursion that the input decides would kill
/// the process.
enum SmallStack {
    static let bytes = 512 << 10

    /// What the body gives.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
        let box = Box<Value>()
        let thread = Thread { box.put(Result { try body() }) }
        thread.stackSize = bytes
        thread.start()
        return try box.take().get()
    }

    /// Hands a result from one thread to another; the condition guards it.
    private final class Box<Value: Sendable>: @unchecked Sendable {
        private let condition = NSCondition()
        private var result: Result<Value, any Error>?

        func put(_ result: Result<Value, any Error>) {
            condition.lock()
            self.result = result
            condition.signal()
            condition.unlock()
        }

        func take() throws -> Result<Value, any Error> {
            condition.lock()
            defer { condition.unlock() }
            let deadline = Date(timeIntervalSinceNow: 120)
            while result == nil, condition.wait(until: deadline) {}
            guard let result else { throw TimedOut() }
            return result
        }
    }

    struct TimedOut: Error {}
}
