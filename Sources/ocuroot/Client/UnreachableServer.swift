import Model

/// A server that did not answer, or could not right now: the same call may succeed in a moment.
struct UnreachableServer: Error, CustomStringConvertible {
    let address: ServerAddress
    /// What the client, or the server, says of it.
    let cause: any Error

    /// What a person is told.
    var asCommandError: CommandError {
        if let problem = cause as? Problem {
            return CommandError(
                "the server at \(address.shown) cannot answer: \(problem.detail)",
                hint: problem.hint ?? "try again in a moment")
        }
        return CommandError(
            "the server at \(address.shown) does not answer: \(cause)",
            hint: "check that it runs; 'ocuroot up --repo URL' starts one on this machine")
    }

    var description: String { asCommandError.message }
}
