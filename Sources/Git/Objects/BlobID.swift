import Model

/// Marks a ``GitID`` as a blob's.
public enum BlobKind {}
/// The id of a git blob: a file's content, or a symlink's target.
public typealias BlobID = GitID<BlobKind>
