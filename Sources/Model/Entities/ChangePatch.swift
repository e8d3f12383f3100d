/// An uncommitted patch on top of a Change's commit.
public struct ChangePatch: Hashable, Sendable, Codable {
    /// SHA-256 of the patch's bytes in hexadecimal; also its key in the object store, `patches/HASH`.
    public let hash: String
    /// What the person who sent it said of it, or a summary such as "3 changed, 1 added".
    public let description: String

    /// Makes a value from its parts.
    public init(hash: String, description: String) {
        self.hash = hash
        self.description = description
    }
}
