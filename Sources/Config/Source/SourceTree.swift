/// The files of a repo at one commit, as configuration sees them.
///
/// Paths start at the root of the repo, have `/` between their parts and neither begin nor end with one; the root
/// itself is `""`. An implementation is called from several tasks at once.
public protocol SourceTree: Sendable {
    /// The bytes of regular files, one element per path, in order.
    ///
    /// Nil stands for what is no regular file: nothing there, a directory, a submodule, or a symbolic link, which is
    /// never followed. Of a file larger than ``ConfigLimits/fileBytesMax`` at least one byte more than that is given,
    /// so that it can be refused; the rest may be left out. Throws when the tree cannot be read; the evaluation then ends with
    /// ``ConfigError/Code/unreadable``.
    func read(_ paths: [String]) async throws -> [[UInt8]?]

    /// What is at a path for which ``read(_:)`` gave nil, or at one of its directories, for errors; nil when there is
    /// nothing.
    func obstacle(at path: String) async throws -> SourceObstacle?

    /// The names in a directory, for errors that list what exists; empty when there is no such directory.
    func list(_ directory: String) async throws -> [String]
}
