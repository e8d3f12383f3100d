/// How a command of `host.shell` ended.
public struct ShellOutcome: Sendable, Equatable {
    /// What it wrote to its standard output, up to a bound.
    public var standardOutput: [UInt8]
    /// What it wrote to its standard error, up to a bound.
    public var standardError: [UInt8]
    /// Both in the order of arrival, up to a bound.
    public var combinedOutput: [UInt8]
    /// What it exited with; 128 and the signal's number when a signal ended it.
    public var exitCode: Int32

    /// Makes a value from its parts.
    public init(standardOutput: [UInt8], standardError: [UInt8], combinedOutput: [UInt8], exitCode: Int32) {
        self.standardOutput = standardOutput
        self.standardError = standardError
        self.combinedOutput = combinedOutput
        self.exitCode = exitCode
    }
}
