import Model

/// A package file that Deliver evaluated at a Change.
public struct EvaluatedPackageFile: Sendable {
    /// What came of it.
    public enum Outcome: Sendable {
        /// It declares these packages.
        case declared([PackageDeclaration])
        /// It could not be evaluated; the text has file:line:col and the backtrace.
        case failed(String)
    }

    /// Its directory from the root of the repo, `""` for the root.
    public var directory: String
    /// What came of it.
    public var outcome: Outcome
    /// The repo files that it loads, through any depth, as far as it got.
    public var loads: [LoadedFile]

    /// Makes a value from its parts.
    public init(directory: String, outcome: Outcome, loads: [LoadedFile]) {
        self.directory = directory
        self.outcome = outcome
        self.loads = loads
    }
}
