import Model

/// Which refs of a remote are mirrored.
public struct RefSelection: Hashable, Sendable {
    /// Full names, or prefixes that end in `/`.
    private let patterns: [String]

    /// All branches and tags.
    public static let branchesAndTags = RefSelection(patterns: ["refs/heads/", "refs/tags/"])

    /// These refs only, such as `refs/heads/main`.
    public init(refs: [RefName]) {
        patterns = refs.map(\.rawValue)
    }

    private init(patterns: [String]) {
        self.patterns = patterns
    }

    /// Whether a ref is mirrored.
    public func contains(_ ref: RefName) -> Bool {
        patterns.contains { $0.hasSuffix("/") ? ref.rawValue.hasPrefix($0) : ref.rawValue == $0 }
    }
}
