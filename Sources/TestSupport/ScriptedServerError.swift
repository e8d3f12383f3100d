/// A server script ended instead of becoming ready.
public struct ScriptedServerError: Error, Sendable, CustomStringConvertible {
    /// The script's file name.
    public let script: String
    /// What it wrote to standard error.
    public let words: String

    /// The script and its words.
    public var description: String { "Tests/Servers/\(script) did not start: \(words)" }
}
