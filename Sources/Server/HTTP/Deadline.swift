import Model

/// Bounds how long an answer may take.
enum Deadline {
    /// Runs `work`; when it takes longer than `limit` it is cancelled and a 503 is thrown in its place.
    static func run<Value: Sendable>(
        within limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: limit)
                throw Problem(
                    status: 503, code: "timed_out", detail: "this took longer than \(limit)",
                    hint: "try again; if it stays so, look at the server's log and load")
            }
            guard let value = try await group.next() else { throw CancellationError() }
            return value
        }
    }
}
