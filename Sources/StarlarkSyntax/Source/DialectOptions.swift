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

    /// How much stack the parser may use; nesting deeper than that is refused.
    ///
    /// The default is half of what a pool thread has. Optimised code needs less than half of that for 200 levels,
    /// unoptimised code needs all of it for some 30.
    public var stackBytesMax = 256 << 10

    /// How many errors are reported before parsing stops.
    public var errorsMax = 50

    /// The core language.
    public init() {}
}
