/// One call on the way to an error.
public struct StackFrame: Hashable, Sendable {
    /// The function's name; `<toplevel>` for a file's own code, `lambda` for a lambda.
    public let function: String

    /// The place in it that was being executed.
    public let location: SourceLocation

    /// The text of that line; empty when it is very long or not known.
    public let line: String

    /// Names a call.
    public init(function: String, location: SourceLocation, line: String = "") {
        self.function = function
        self.location = location
        self.line = line
    }
}
