/// What a commit of a ``RepositoryBuilder`` does to one path; a string literal is a plain file's text.
public enum FixtureFile: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// A plain file.
    case text(String)
    /// A plain file of any bytes.
    case bytes([UInt8])
    /// A file that may be executed.
    case executable(String)
    /// A symlink.
    case symlink(to: String)
    /// The content and mode that another path had before the commit; delete that path to make it a rename.
    case copied(from: String)
    /// The path, or the directory with all under it, is gone.
    case deleted

    /// A plain file with this text.
    public init(stringLiteral value: String) {
        self = .text(value)
    }
}
