import Git
import Model

/// The trees that Changes deliver: a commit's, with a patch on top if the Change has one.
///
/// A patched tree is in no remote; it is written into the mirror, and written again when the mirror was made anew.
public struct ChangeTrees: Sendable {
    private let repositories: RepositorySet
    private let patch: @Sendable (ChangePatch) async throws -> [UInt8]

    /// Makes a value from the mirrors and what gives the bytes of a patch, by its hash.
    public init(
        repositories: RepositorySet, patch: @escaping @Sendable (ChangePatch) async throws -> [UInt8]
    ) {
        self.repositories = repositories
        self.patch = patch
    }

    /// The tree of a Change, which is in the mirror afterwards with all that it leads to.
    ///
    /// - Parameters:
    ///   - mirror: the repo whose mirror holds its commit.
    ///   - url: where that is fetched from.
    /// - Throws: `GitError`; what reading the patch throws.
    public func tree(of change: Change, in mirror: RepoID, url: String) async throws -> TreeID {
        let reader = try await repositories.reader(of: mirror, url: url, needing: [change.commit])
        let tree = try await reader.read { objects in try objects.commit(change.commit).tree }
        guard let changePatch = change.patch else { return tree }
        let bytes = try await patch(changePatch)
        return try await reader.read { try $0.apply(patch: bytes, to: tree) }
    }
}
