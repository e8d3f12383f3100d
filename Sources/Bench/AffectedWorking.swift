import Config
import Foundation
import Git
import Model
import Repositories

/// What a server knows of a repository after it has delivered a commit: who watches what.
struct AffectedWorking {
    private let readers: ReaderPool
    private let index: WatchIndex<PackageName>
    /// How many packages are declared.
    let packageCount: Int

    /// Reads a commit as Deliver does at the first Change of a repo: finds and evaluates every package file.
    init(repository: String, commit: String) async throws {
        let readers = ReaderPool(path: repository)
        let tree = try await Self.tree(of: commit, readers)
        let directories = try await readers.read { objects in
            try objects.files(named: ConfigFile.package, in: tree).compactMap {
                ConfigFile.packageDirectory(ofFile: $0.path)
            }
        }
        let files = try await ConfigEvaluator().packageFiles(
            in: directories, of: GitSourceTree(reader: RepositoryReader(readers), tree: tree))
        var index = WatchIndex<PackageName>()
        var count = 0
        for file in files {
            if case .failure(let error) = file.outcome { throw error }
            for declaration in file.declarations {
                index.insert(declaration.name, directory: declaration.path, loads: declaration.loads)
                count += 1
            }
        }
        self.readers = readers
        self.index = index
        packageCount = count
    }

    /// The packages that a push affects, with reasons.
    func affected(from old: String, to new: String) async throws -> [PackageName: AffectedReason] {
        let before = try await Self.tree(of: old, readers)
        let after = try await Self.tree(of: new, readers)
        let changes = try await readers.read { try $0.changes(from: before, to: after) }
        return index.affected(by: changes.map(\.path))
    }

    private static func tree(of commit: String, _ readers: ReaderPool) async throws -> TreeID {
        guard let id = CommitID(hex: commit) else { throw BenchError("'\(commit)' is not a commit's id") }
        return try await readers.read { try $0.commit(id).tree }
    }
}
