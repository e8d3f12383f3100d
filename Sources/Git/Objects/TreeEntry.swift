import Model

/// What a tree says about one name.
public struct TreeEntry: Hashable, Sendable {
    /// What a name in a tree stands for.
    public enum Kind: String, Hashable, Sendable {
        /// A plain file.
        case file
        /// A file that may be executed.
        case executable
        /// A symlink; the blob is its target, which is never followed.
        case symlink
        /// A directory.
        case directory
        /// A commit of another repository; its content is not here.
        case submodule
    }

    /// What it is.
    public let kind: Kind
    /// The id of the blob, tree or commit.
    public let id: ObjectID

    /// Makes a value from its parts.
    public init(kind: Kind, id: ObjectID) {
        self.kind = kind
        self.id = id
    }
}

extension TreeEntry.Kind {
    /// Reads a mode of a tree object; git itself writes five, and old repositories hold a few variants.
    init?(mode: UInt32) {
        switch mode & 0o170000 {
        case 0o100000: self = mode & 0o100 == 0 ? .file : .executable
        case 0o120000: self = .symlink
        case 0o040000: self = .directory
        case 0o160000: self = .submodule
        default: return nil
        }
    }

    /// Whether its content is a blob of this repository.
    public var isBlob: Bool { self == .file || self == .executable || self == .symlink }
}
