/// A repo file that a package file loads, directly or through others.
public struct LoadedFile: Hashable, Sendable, Codable {
    /// The file's path from the root of the repo.
    public let path: String
    /// The files from the package file (first) to the one whose `load` names this file (last).
    public let chain: [String]

    /// Makes a value from its parts.
    public init(path: String, chain: [String]) {
        self.path = path
        self.chain = chain
    }
}
