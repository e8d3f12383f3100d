import Model

/// Bounds how long an answer may take.
enum Deadline {
    /// Runs `work`; when it takes longer than `limit`, by up to a quarter of a second, it is cancelled and a 503 is
    /// thrown in its place once it has ended.
    static func run<Value: Sendable>(
        within limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        // A task of its own, so that what is cancelled is the work, and not whoever has to send the answer.
        async let value = watched(limit, work)
        return try await value
    }

    private static func watched<Value: Sendable>(
        _ limit: Duration, _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withUnsafeCurrentTask { task in
            guard let task else { return try await work() }
            let ticket = DeadlineWatch.shared.add(task, until: .now + limit)
            do {
                let value = try await work()
                _ = DeadlineWatch.shared.remove(ticket)
                return value
            } catch {
                guard DeadlineWatch.shared.remove(ticket) else { throw error }
                throw Problem.timedOut(after: limit)
            }
        }
    }
}

extension Problem {
    /// 503: an answer was not there in time.
    static func timedOut(after limit: Duration) -> Problem {
        Problem(
            status: 503, code: "timed_out", detail: "this took longer than \(limit)",
            hint: "try again; if it stays so, look at the server's log and load")
    }
}
