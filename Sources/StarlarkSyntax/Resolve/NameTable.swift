/// The names a file may use without binding them.
public struct NameTable: Sendable {
    /// Names the host gives this file; they shadow the universals.
    public var predeclared: Set<String>

    /// Names every file has, such as those of the built-in functions.
    public var universals: Set<String>

    /// Globals that earlier chunks of a console bound: the file reads them, and may bind them again.
    public var globals: Set<String>

    /// Lists the names.
    public init(predeclared: Set<String> = [], universals: Set<String>, globals: Set<String> = []) {
        self.predeclared = predeclared
        self.universals = universals
        self.globals = globals
    }
}
