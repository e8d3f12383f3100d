/// Chooses placements the way people write them: `[REPO//]PACKAGE[@ENVIRONMENT]`, package and environment with globs.
public struct PlacementGlob: Hashable, Sendable {
    /// The repo; nil where none is named.
    public let repo: RepoName?
    /// Which of its packages; all when only an environment is named.
    public let package: NameGlob
    /// In which environments; nil where none is named, which means all.
    public let environment: NameGlob?

    /// Makes a value from its parts.
    public init(repo: RepoName? = nil, package: NameGlob, environment: NameGlob?) {
        self.repo = repo
        self.package = package
        self.environment = environment
    }

    /// Reads the form above.
    ///
    /// - Throws: a ``SteeringMistake`` that says what no name can be.
    public init(_ text: some StringProtocol) throws(SteeringMistake) {
        let text = String(text)
        var rest = text[...]
        var repo: RepoName?
        // No name has an empty part between its slashes.
        if let slashes = rest.firstRange(of: "//") {
            repo = RepoName(String(rest[..<slashes.lowerBound]))
            rest = rest[slashes.upperBound...]
        }
        var environment: NameGlob?
        if let at = rest.lastIndex(of: "@") {
            environment = NameGlob(String(rest[rest.index(after: at)...]))
            rest = rest[..<at]
        }
        let package = rest.isEmpty && environment != nil ? NameGlob.any : NameGlob(String(rest))
        self.init(repo: repo, package: package, environment: environment)
        try check(repo?.rawValue, .repo, "repo", in: text)
        try check(package.text, .package, "package", in: text)
        try check(environment?.text, .environment, "environment", in: text)
    }

    /// Whether it names one placement.
    public var isExact: Bool { package.isExact && environment?.isExact == true }

    /// Whether a placement might fit both; see ``NameGlob/mayMeet(_:)``.
    public func mayMeet(_ other: PlacementGlob) -> Bool {
        package.mayMeet(other.package) && (environment ?? .any).mayMeet(other.environment ?? .any)
    }

    private func check(
        _ name: String?, _ rule: NameRule, _ kind: String, in text: String
    ) throws(SteeringMistake) {
        guard let name, let problem = rule.problem(with: name) else { return }
        throw SteeringMistake(
            "'\(text)' names no \(kind): \(problem)", hint: "write [REPO//]PACKAGE@ENVIRONMENT, such as api@production")
    }
}

extension PlacementGlob: CustomStringConvertible {
    /// The form that ``init(_:)`` reads.
    public var description: String {
        (repo.map { "\($0)//" } ?? "") + package.text + (environment.map { "@\($0)" } ?? "")
    }
}
