/// Repeats what fails because the server is away, until a moment that the user chose.
struct Patience: Sendable {
    private static let pause = Duration.milliseconds(200)

    /// When it ends.
    let end: ContinuousClock.Instant

    init(_ span: Duration) {
        end = .now + span
    }

    /// What is left of it.
    var left: Duration { max(.zero, end - .now) }

    /// Runs `work`, again while the server cannot be reached and time is left.
    func run<Value>(_ work: () async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await work()
            } catch let error as UnreachableServer {
                if left < Self.pause { throw error }
                try await Task.sleep(for: Self.pause)
            }
        }
    }
}
