/// Which branches of a repo get an environment of their own, a preview, and what that is like.
public struct PreviewRule: Hashable, Sendable, Codable {
    /// Stands for the branch in the name of an environment.
    public static let placeholder = "{branch}"
    /// What environments are called unless somebody says otherwise.
    public static let defaultEnvironment = "preview-{branch}"
    /// The longest name with its placeholder, in bytes.
    public static let environmentBytesMax = 100
    /// No repo has more previews at once.
    public static let previewsMax = 100

    /// The branches, as full refs or patterns of these; at least one.
    public let refs: [RefPattern]
    /// The environment's name, in which ``placeholder``, once, stands for the branch.
    public let environment: String
    /// The environment of the branch's own repo.ocu.star whose attributes it gets; nil for none.
    public let like: EnvironmentName?

    /// Makes a value from its parts.
    public init(refs: [RefPattern], environment: String = defaultEnvironment, like: EnvironmentName? = nil) {
        self.refs = refs
        self.environment = environment
        self.like = like
    }

    /// Reads a rule; what is not said of the environment is as ever.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        refs = try container.decode([RefPattern].self, forKey: .refs)
        environment = try container.decodeIfPresent(String.self, forKey: .environment) ?? Self.defaultEnvironment
        like = try container.decodeIfPresent(EnvironmentName.self, forKey: .like)
    }

    /// Whether a ref is a branch that gets a preview, unless it is delivered.
    public func fits(_ ref: RefName) -> Bool {
        ref.rawValue.hasPrefix(RefName.branchPrefix) && refs.contains { $0.fits(ref) }
    }

    /// What is wrong with it; nil when it can be kept.
    public var problem: String? {
        if refs.isEmpty { return "it names no branch" }
        if let other = refs.first(where: { !$0.rawValue.hasPrefix(RefName.branchPrefix) }) {
            return "'\(other)' is no branch, and only branches have previews"
        }
        guard environment.utf8.count <= Self.environmentBytesMax else {
            return "the name of its environments has more than \(Self.environmentBytesMax) bytes"
        }
        let placeholders = environment.ranges(of: Self.placeholder).count
        guard placeholders == 1 else {
            let fault =
                placeholders == 0 ? "does not hold \(Self.placeholder)" : "holds \(Self.placeholder) more than once"
            return "the name of its environments, '\(environment)', \(fault)"
        }
        if let problem = NameRule.environment.problem(with: name(for: "x")) {
            return "'\(environment)' makes no name of an environment: \(problem)"
        }
        return like.flatMap { NameRule.environment.problem(with: $0.rawValue) }.map {
            "'\(like ?? "")' cannot be the name of an environment: \($0)"
        }
    }
}

extension Name where Subject == Change {
    /// What the full names of branches begin with.
    public static var branchPrefix: String { "refs/heads/" }

    /// The branch's name, or the full name of what is no branch.
    public var branch: String {
        rawValue.hasPrefix(Self.branchPrefix) ? String(rawValue.dropFirst(Self.branchPrefix.count)) : rawValue
    }
}
