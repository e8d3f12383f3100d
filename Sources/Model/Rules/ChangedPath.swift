/// One path in which two trees differ.
public struct ChangedPath: Hashable, Sendable {
    /// How the path differs.
    public enum Kind: Sendable {
        /// It stands in the new tree only.
        case added
        /// Its content, mode or type differs.
        case modified
        /// It stands in the old tree only.
        case deleted
    }

    /// The path from the root, `/` between its parts.
    public let path: String
    /// How it differs.
    public let kind: Kind

    /// Makes a value from its parts.
    public init(path: String, kind: Kind) {
        self.path = path
        self.kind = kind
    }

    /// The name of the file that declares packages.
    public static let packageFileName = "package.ocu.star"
    /// The name of the file that declares the repo.
    public static let repoFileName = "repo.ocu.star"

    /// Whether the path is a package file's.
    public var isPackageFile: Bool {
        path == Self.packageFileName || path.hasSuffix("/" + Self.packageFileName)
    }
}
