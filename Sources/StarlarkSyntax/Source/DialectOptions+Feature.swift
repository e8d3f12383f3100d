extension DialectOptions {
    /// An extension of the language under the name that command lines and test files give it.
    public enum Feature: String, CaseIterable, Sendable {
        /// `while` statements.
        case whileLoops = "while"
        /// Functions that call themselves.
        case recursion
        /// `if`, `for` and `while` outside functions.
        case topLevelControl = "toplevel"
        /// Globals that are assigned more than once.
        case globalReassignment = "reassign"
        /// f-strings.
        case fStrings = "fstrings"
        /// Type annotations, checked when called.
        case typeAnnotations = "types"
        /// Loaded names that the module exports again.
        case loadBindsGlobally = "loadglobal"
    }

    /// The core language with some extensions.
    public init(_ features: some Sequence<Feature>) {
        self.init()
        for feature in features { enable(feature) }
    }

    /// Switches an extension on.
    public mutating func enable(_ feature: Feature) {
        switch feature {
        case .whileLoops: whileLoops = true
        case .recursion: recursion = true
        case .topLevelControl: topLevelControl = true
        case .globalReassignment: globalReassignment = true
        case .fStrings: fStrings = true
        case .typeAnnotations: typeAnnotations = true
        case .loadBindsGlobally: loadBindsGlobally = true
        }
    }
}
