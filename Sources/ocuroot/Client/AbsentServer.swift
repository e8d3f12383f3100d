/// No server runs where one was looked for; one may be about to start.
struct AbsentServer: Error, Sendable, Equatable {
    /// Where was looked.
    let message: String
    /// What to do about it.
    let hint: String

    /// What a person is told.
    var asCommandError: CommandError { CommandError(message, hint: hint) }
}
