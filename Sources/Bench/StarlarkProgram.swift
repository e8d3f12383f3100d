/// One row of the benchmark.
struct StarlarkProgram {
    /// What the report calls it.
    let name: String

    /// What is given to every implementation's command.
    let arguments: [String]

    /// The same for those whose package files load `target`.
    let argumentsLoadingTarget: [String]

    /// Whether what it prints must be the same everywhere.
    let printsResult: Bool

    /// A program that is the same for all unless told otherwise.
    init(_ name: String, _ arguments: [String], loadingTarget: [String]? = nil, printsResult: Bool = true) {
        self.name = name
        self.arguments = arguments
        argumentsLoadingTarget = loadingTarget ?? arguments
        self.printsResult = printsResult
    }
}
