/// A place in a file for people to read.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    /// The file's name.
    public let file: String

    /// The line, counted from 1.
    public let line: Int

    /// The column in Unicode code points, counted from 1.
    public let column: Int

    /// Names a place.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// File, line and column with colons between.
    public var description: String { "\(file):\(line):\(column)" }
}
