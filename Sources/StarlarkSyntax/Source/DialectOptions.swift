/// What a file may use beyond the core language; everything is off by default.
public struct DialectOptions: Hashable, Sendable {
    /// Allows `while` statements.
    public var whileLoops = false

    /// Allows a function to call itself, directly or not (checked at run time).
    public var recursion = false

    /// Allows `if`, `for` and `while` outside functions.
    public var topLevelControl = false

    /// Allows a global to be assigned more than once.
    public var globalReassignment = false

    /// Allows f-strings: `f"{name}"`.
    public var fStrings = false

    /// Allows type annotations of parameters, results and variables.
    public var typeAnnotations = false

    /// Makes `load` bind names that the module exports again; otherwise they are private to the file.
    public var loadBindsGlobally = false

    /// How deep expressions and blocks may nest.
    public var nestingMax = 200

    /// How many errors are reported before parsing stops.
    public var errorsMax = 50

    /// The core language.
    public init() {}
}
