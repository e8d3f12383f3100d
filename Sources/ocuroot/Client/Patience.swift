/// Repeats what fails because the server is away, until a moment that the user chose.
struct Patience: Sendable {
    private static let pause = Duration.milliseconds(200)
    /// How much longer than there is time a server may take that did take the call.
    private static let grace = Duration.seconds(2)

    /// How long it lasts as a whole; none means that the first failure counts.
    let span: Duration
    /// When it ends.
    let end: ContinuousClock.Instant
    /// What a command ends with when no server has answered by then.
    let status: ExitStatus

    init(_ span: Duration, status: ExitStatus = .timedOut) {
        self.span = span
        self.status = status
        end = .now + span
    }

    /// What is left of it.
    var left: Duration { max(.zero, end - .now) }

    /// How long one call may take; nil for as long as calls take anyway.
    var callLimit: Duration? { span > .zero ? left + Self.grace : nil }

    /// Runs `work`, again while no server is there or answers and time is left.
    ///
    /// - Throws: what `work` throws; a ``CommandError`` when the time is up and no server has answered.
    func run<Value>(_ work: () async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await work()
            } catch let error as UnreachableServer {
                if left < Self.pause { throw unanswered(error, error.asCommandError) }
            } catch let error as AbsentServer {
                if left < Self.pause { throw unanswered(error, error.asCommandError) }
            }
            try await Task.sleep(for: Self.pause)
        }
    }

    private func unanswered(_ error: any Error, _ reason: CommandError) -> any Error {
        guard span > .zero else { return error }
        let shown = DurationText(span).defaultValueDescription
        return CommandError(
            "the time is up: no server answered within \(shown): \(reason.message)", hint: reason.hint, status: status)
    }
}
