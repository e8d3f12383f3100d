/// What a command tells its user when it cannot do what was asked: what is wrong, and what to do about it.
struct CommandError: Error, Sendable, Equatable {
    /// What is wrong, a sentence without a full stop.
    let message: String
    /// What to do about it.
    let hint: String
    /// The exit code.
    let status: ExitStatus

    init(_ message: String, hint: String, status: ExitStatus = .failed) {
        self.message = message
        self.hint = hint
        self.status = status
    }
}

extension CommandError: CustomStringConvertible {
    /// What is wrong alone, as logs show it.
    var description: String { message }
}
