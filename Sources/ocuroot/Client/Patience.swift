/// Repeats what fails because the server is away, until a moment that the user chose.
struct Patience: Sendable {
    private static let pause = Duration.milliseconds(200)
    /// How long a server may be absent, as one is that is started anew.
    private static let absenceMax = Duration.seconds(10)

    /// When it ends.
    let end: ContinuousClock.Instant

    init(_ span: Duration) {
        end = .now + span
    }

    /// What is left of it.
    var left: Duration { max(.zero, end - .now) }

    /// Runs `work`, again while the server cannot be reached and time is left.
    func run<Value>(_ work: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        while true {
            do {
                return try await work()
            } catch let error as UnreachableServer {
                if left < Self.pause { throw error }
            } catch let error as AbsentServer {
                if left < Self.pause || .now - start > Self.absenceMax { throw error }
            }
            try await Task.sleep(for: Self.pause)
        }
    }
}
