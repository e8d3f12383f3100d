/// What `host.shell` was called with.
public struct ShellCommand: Sendable, Equatable {
    /// The text that the shell executes.
    public var command: String
    /// The shell, by name or path; it is called with `-c` and the command.
    public var shell: String
    /// Variables that are set on top of the runner's environment.
    public var environment: [String: String]
    /// Whether the output stays out of the log.
    public var isMuted: Bool
    /// Whether an exit code other than 0 is returned rather than thrown.
    public var continuesOnError: Bool

    /// Makes a value from its parts.
    public init(
        _ command: String, shell: String = "sh", environment: [String: String] = [:], isMuted: Bool = false,
        continuesOnError: Bool = false
    ) {
        self.command = command
        self.shell = shell
        self.environment = environment
        self.isMuted = isMuted
        self.continuesOnError = continuesOnError
    }
}
