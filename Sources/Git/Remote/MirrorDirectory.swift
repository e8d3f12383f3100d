import CLibGit2
import Foundation
import Glibc
import Model

/// A mirror's directory on disk: made whole or not at all, and repaired when something broke it.
struct MirrorDirectory {
    /// The repository.
    let path: String
    /// Marks a directory as ours, so that nothing else is ever deleted by a repair.
    private static let marker = "ocuroot-mirror"
    /// How many foreign things are set aside before a person must look.
    private static let asideMax = 20

    var lockPath: String { path + ".lock" }
    private var newPath: String { path + ".new" }

    /// Opens the repository, making it first if it is not there and making it anew, empty, if it cannot be used.
    ///
    /// The caller holds the lock. What a killed process left (locks, half-received packs) is removed. What was not made
    /// by us is never deleted: it is renamed.
    func open(trees: TreeCache) throws(GitError) -> Objects {
        guard Self.kind(of: path) != nil else {
            try create()
            return try glance(trees: trees)
        }
        removeLeftovers()
        do throws(GitError) {
            return try glance(trees: trees)
        } catch {
            guard error.mayBeDamage else { throw error }
            try setAside(because: error)
            try create()
            return try glance(trees: trees)
        }
    }

    /// Opens the repository, and sees what can be seen at no cost: its files, its HEAD, the ends of its packs.
    ///
    /// - Throws: an error that may be damage, see ``GitError/mayBeDamage``.
    func glance(trees: TreeCache) throws(GitError) -> Objects {
        for (name, expected) in [("", S_IFDIR), ("/HEAD", S_IFREG), ("/config", S_IFREG)]
            + ["/objects", "/refs"].map({ ($0, S_IFDIR) })
        {
            guard Self.kind(of: path + name, isFollowing: true) == expected else {
                throw damaged("\(path + name) is not there, or is something else")
            }
        }
        let head = (FileManager.default.contents(atPath: path + "/HEAD") ?? Data()).prefix(2048)
        let isBranch = head.starts(with: Data("ref: refs/".utf8))
        guard isBranch || ObjectID(hex: String(decoding: head.dropLast(), as: UTF8.self)) != nil else {
            throw damaged("its HEAD names no branch")
        }
        try PackFiles(repository: path).checkTrailers()
        return try opened(at: path, trees)
    }

    /// Makes an empty repository beside, for a copy that takes the place of a damaged one once it is whole.
    func begin() throws(GitError) -> Objects {
        try make(at: newPath)
        return try opened(at: newPath, TreeCache())
    }

    /// Puts the copy in its place.
    func activate() throws(GitError) {
        try PackFiles(repository: newPath).rename()
        if Self.kind(of: path) != nil { try setAside(because: damaged("it is replaced")) }
        try move(newPath, to: path)
    }

    /// Removes the copy.
    func discard() {
        try? remove(newPath)
    }

    /// Makes the directory that the mirror, its lock and its passing neighbours are in.
    func makeParent() throws(GitError) {
        let parent = (path as NSString).deletingLastPathComponent
        try attempt("make directory", parent) {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        }
    }

    /// Frees the path: what we made is deleted, anything else is renamed and kept.
    private func setAside(because error: GitError) throws(GitError) {
        let isOurs =
            Self.kind(of: path) == S_IFDIR
            && (try? FileManager.default.contentsOfDirectory(atPath: path)).map {
                $0.isEmpty || $0.contains(Self.marker)
            } ?? false
        let suffix = isOurs ? ".broken" : ".aside"
        if isOurs { try? remove(path + suffix) }
        let names = (1...Self.asideMax).map { path + suffix + ($0 == 1 ? "" : "-\($0)") }
        guard let free = names.first(where: { Self.kind(of: $0) == nil }) else {
            throw error.recast(
                .corrupted, operation: "open mirror", subject: path,
                hint: "\(path)\(suffix) and \(Self.asideMax - 1) more are in the way: remove them")
        }
        try move(path, to: free)
        // What cannot be removed now is in nobody's way.
        if isOurs { try? remove(free) }
    }

    private func create() throws(GitError) {
        try make(at: newPath)
        try move(newPath, to: path)
    }

    private func make(at place: String) throws(GitError) {
        try remove(place)
        _ = try Handle(git_repository_free, "make mirror", path) { git_repository_init(&$0, place, 1) }
        try attempt("make mirror", path) {
            try Data("Made by ocuroot, and made anew by it when it is gone or damaged.\n".utf8)
                .write(to: URL(fileURLWithPath: place + "/" + Self.marker))
        }
    }

    /// Opens a repository with its own configuration file only: no setting of a user reaches a mirror.
    private func opened(at place: String, _ trees: TreeCache) throws(GitError) -> Objects {
        let objects = try Objects(bare: place, trees: trees)
        let config = try Handle(git_config_free, "open mirror", path) { git_config_new(&$0) }
        let file = place + "/config"
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
}

extension MirrorDirectory {
    private func damaged(_ cause: String) -> GitError {
        GitError(.corrupted, operation: "open mirror", subject: path, cause: cause)
    }

    /// The type bits of what is at a path; nil for nothing.
    private static func kind(of path: String, isFollowing: Bool = false) -> mode_t? {
        var status = stat()
        guard (isFollowing ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
        return status.st_mode & S_IFMT
    }

    private func remove(_ target: String) throws(GitError) {
        guard Self.kind(of: target) != nil else { return }
        try attempt("remove", target) { try FileManager.default.removeItem(atPath: target) }
    }

    private func move(_ source: String, to target: String) throws(GitError) {
        guard rename(source, target) == 0 else {
            throw GitError.system(errno, operation: "rename", subject: source)
        }
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
