import Model

/// What came of asking a policy once.
public struct PolicyOutcome: Sendable, Equatable {
    /// The answer; a policy that failed answers ``PolicyAnswer/failed(error:)``.
    public let answer: PolicyAnswer
    /// The packages whose deployments it asked about, in the order of first asking; only in SDK v0.1-alpha.
    public let reads: [PackageReference]
    /// What it printed, up to a bound.
    public let output: String

    /// Makes a value from its parts.
    public init(answer: PolicyAnswer, reads: [PackageReference] = [], output: String = "") {
        self.answer = answer
        self.reads = reads
        self.output = output
    }
}
