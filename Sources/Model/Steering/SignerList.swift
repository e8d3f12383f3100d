import Foundation

/// Whose signature the commits need that steer some environments.
public struct SignerList: Identified, Hashable, Sendable, Codable {
    /// Ids of lists begin with `s`.
    public static let idPrefix = "s"

    /// One key of a list.
    public struct Signer: Hashable, Sendable, Codable {
        /// Whose it is, as the list says.
        public let principals: [String]
        /// `SHA256:…`, as ssh-keygen shows it.
        public let fingerprint: String
        /// Whether it counts for commits.
        public let isForGit: Bool
        /// It counts for no commits of before; nil for no bound.
        public let validAfter: Date?
        /// It counts for no commits of after; nil for no bound.
        public let validBefore: Date?

        /// Makes a value from its parts.
        public init(
            principals: [String], fingerprint: String, isForGit: Bool, validAfter: Date?, validBefore: Date?
        ) {
            self.principals = principals
            self.fingerprint = fingerprint
            self.isForGit = isForGit
            self.validAfter = validAfter
            self.validBefore = validBefore
        }
    }

    /// The row's id.
    public let id: SignerListID
    /// The environment, or a pattern of environments.
    public let environment: String
    /// The environments that it covers now, by name; the first hundred.
    public let covers: [EnvironmentName]
    /// How many keys it has.
    public let keys: Int
    /// When it was given.
    public let updatedAt: Date
    /// Who gave it.
    public let updatedBy: String
    /// The keys in the order of the file; nil where lists are listed.
    public let signers: [Signer]?
    /// The file as it was given; nil where lists are listed.
    public let text: String?

    /// No more names of environments are shown.
    public static let coversMax = 100
    /// There are no more lists.
    public static let countMax = 100

    /// Makes a value from its parts.
    public init(
        id: SignerListID, environment: String, covers: [EnvironmentName], keys: Int, updatedAt: Date,
        updatedBy: String, signers: [Signer]? = nil, text: String? = nil
    ) {
        self.id = id
        self.environment = environment
        self.covers = covers
        self.keys = keys
        self.updatedAt = updatedAt
        self.updatedBy = updatedBy
        self.signers = signers
        self.text = text
    }
}

/// Names a ``SignerList``, such as `s2`.
public typealias SignerListID = Identifier<SignerList>
