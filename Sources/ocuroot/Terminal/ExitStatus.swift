/// The exit codes of every command.
enum ExitStatus: Int32, Error, Sendable {
    /// Done.
    case done = 0
    /// Not done, or something that was waited for failed.
    case failed = 1
    /// The command line makes no sense.
    case usage = 2
    /// The time was up before everything had settled.
    case timedOut = 3
}
