/// The place in our code that an error is reported for.
public struct CallSite: Sendable {
    /// The module and file.
    public var file: String
    /// The line.
    public var line: UInt

    /// The place of the call, unless told otherwise.
    public init(file: String = #fileID, line: UInt = #line) {
        self.file = file
        self.line = line
    }
}
