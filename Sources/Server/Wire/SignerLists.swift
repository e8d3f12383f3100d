import Model

/// The answer to `GET /api/v1/signers`.
public struct SignerLists: Sendable, Codable {
    /// By environment, without what they hold.
    public var lists: [SignerList]

    /// Makes a value from its parts.
    public init(lists: [SignerList]) {
        self.lists = lists
    }
}
