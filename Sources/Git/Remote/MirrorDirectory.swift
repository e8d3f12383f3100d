import CLibGit2
import Foundation
import Model

/// A mirror's directory on disk: made whole or not at all, and repaired when something broke it.
struct MirrorDirectory {
    /// The repository.
    let path: String
    /// Marks a directory as ours, so that nothing else is ever deleted by a repair.
    private static let marker = "ocuroot-mirror"

    var lockPath: String { path + ".lock" }
    private var newPath: String { path + ".new" }
    private var brokenPath: String { path + ".broken" }

    /// Opens the repository, making it first if it is not there and making it anew if it is damaged.
    ///
    /// The caller holds the lock. What a killed process left (locks, half-received packs) is removed.
    func open(trees: TreeCache) throws(GitError) -> Objects {
        guard FileManager.default.fileExists(atPath: path) else {
            try create()
            return try opened(trees)
        }
        removeLeftovers()
        do throws(GitError) {
            return try opened(trees)
        } catch {
            guard error.code == .repositoryNotFound || error.code == .corrupted || error.code == .failed else {
                throw error
            }
            try replace(because: error)
            return try opened(trees)
        }
    }

    /// Puts an empty repository in the place of a damaged one.
    ///
    /// - Throws: `corrupted` if the directory was not made by us and is not empty; nothing is deleted then.
    func replace(because error: GitError) throws(GitError) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        guard names.isEmpty || names.contains(Self.marker) else {
            throw error.recast(
                .corrupted, operation: "open mirror", subject: path,
                hint: "it was not made by ocuroot and is left as it is: move it away")
        }
        try remove(brokenPath)
        try move(path, to: brokenPath)
        try create()
        try remove(brokenPath)
    }

    /// Makes the directory that the mirror, its lock and its passing neighbours are in.
    func makeParent() throws(GitError) {
        let parent = (path as NSString).deletingLastPathComponent
        try attempt("make directory", parent) {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        }
    }

    private func create() throws(GitError) {
        try remove(newPath)
        _ = try Handle(git_repository_free, "make mirror", path) { git_repository_init(&$0, newPath, 1) }
        try attempt("make mirror", path) {
            try Data("Made by ocuroot; may be deleted when it is not running.\n".utf8)
                .write(to: URL(fileURLWithPath: newPath + "/" + Self.marker))
        }
        try move(newPath, to: path)
    }

    /// Opens the repository with its own configuration file only: no setting of a user reaches a mirror.
    private func opened(_ trees: TreeCache) throws(GitError) -> Objects {
        let objects = try Objects(bare: path, trees: trees)
        let config = try Handle(git_config_free, "open mirror", path) { git_config_new(&$0) }
        let file = path + "/config"
        try check(
            git_config_add_file_ondisk(config.pointer, file, GIT_CONFIG_LEVEL_LOCAL, objects.repository, 1),
            "open mirror", path)
        try check(git_repository_set_config(objects.repository, config.pointer), "open mirror", path)
        return objects
    }

    private func removeLeftovers() {
        let files = FileManager.default
        if files.fileExists(atPath: path + "/objects") { LocalSeed.removeLeftovers(in: path) }
        let packs = path + "/objects/pack"
        for name in (try? files.contentsOfDirectory(atPath: packs)) ?? [] where name.hasPrefix("pack_git2_") {
            try? files.removeItem(atPath: packs + "/" + name)
        }
        for name in ["HEAD.lock", "config.lock", "packed-refs.lock"] {
            try? files.removeItem(atPath: path + "/" + name)
        }
        let refs = files.enumerator(atPath: path + "/refs")
        while let name = refs?.nextObject() as? String {
            if name.hasSuffix(".lock") { try? files.removeItem(atPath: path + "/refs/" + name) }
        }
    }

    private func remove(_ target: String) throws(GitError) {
        guard FileManager.default.fileExists(atPath: target) else { return }
        try attempt("remove", target) { try FileManager.default.removeItem(atPath: target) }
    }

    private func move(_ source: String, to target: String) throws(GitError) {
        try attempt("rename", source) { try FileManager.default.moveItem(atPath: source, toPath: target) }
    }

    private func attempt(_ operation: String, _ subject: String, _ body: () throws -> Void) throws(GitError) {
        do {
            try body()
        } catch {
            throw GitError(
                .fileSystem, operation: operation, subject: subject, cause: (error as NSError).localizedDescription)
        }
    }
}
