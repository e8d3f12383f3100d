import CLibGit2
import Foundation
import Glibc
import Model

/// Fills an empty mirror by copying the object files of a repository on this machine.
///
/// That is a hundred times faster than packing everything anew. It takes all or nothing; repositories that keep
/// objects elsewhere, or that change all the time meanwhile, are left to ``LocalTransfer``.
struct LocalSeed {
    /// The mirror's repository.
    let target: Objects
    let conversation: Conversation
    /// How often it starts again because the source changed meanwhile.
    private static let attemptsMax = 3

    private var objects: String { target.path + "/objects" }
    private var staging: String { objects + ".new" }
    private var replaced: String { objects + ".old" }

    /// Removes what a killed process left of a copy.
    static func removeLeftovers(in mirror: String) {
        for suffix in [".new", ".old"] {
            try? FileManager.default.removeItem(atPath: mirror + "/objects" + suffix)
        }
    }

    /// Copies the files; false, with nothing copied, if that cannot be done.
    ///
    /// - Throws: `tooLarge`, `cancelled`, `timedOut`, `fileSystem`.
    func copy(from path: String) throws(GitError) -> Bool {
        guard isEmpty(), let source = Self.objectDirectory(of: path) else { return false }
        defer { Self.removeLeftovers(in: target.path) }
        for _ in 0..<Self.attemptsMax {
            guard let names = Self.names(in: source) else { return false }
            Self.removeLeftovers(in: target.path)
            // An object is written after all that it leads to. So if nothing was added while the files were copied,
            // each one that was listed came with all that it leads to.
            if try stage(names, from: source), Self.names(in: source) == names { return try activate() }
        }
        return false
    }

    /// Where a repository, bare or not, keeps its objects; nil for a shallow clone.
    private static func objectDirectory(of path: String) -> String? {
        guard
            let repository = try? Handle(
                git_repository_free, "open repository", path, { git_repository_open(&$0, path) }),
            git_repository_is_shallow(repository.pointer) == 0
        else { return nil }
        return git_repository_commondir(repository.pointer).map { String(cString: $0) + "objects" }
    }

    /// The files that hold objects, sorted; nil if some are kept elsewhere.
    private static func names(in source: String) -> [String]? {
        let files = FileManager.default
        guard !files.fileExists(atPath: source + "/info/alternates"),
            let directories = try? files.contentsOfDirectory(atPath: source)
        else { return nil }
        var names: [String] = []
        for directory in directories where directory.count == 2 || directory == "pack" {
            for name in (try? files.contentsOfDirectory(atPath: source + "/" + directory)) ?? [] {
                guard !name.hasSuffix(".promisor") else { return nil }
                let isObject = directory.count == 2 && name.count == 38
                if isObject || name.hasSuffix(".pack") || name.hasSuffix(".idx") {
                    names.append(directory + "/" + name)
                }
            }
        }
        return names.sorted()
    }

    private func isEmpty() -> Bool {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: objects)) ?? []
        let packs = (try? FileManager.default.contentsOfDirectory(atPath: objects + "/pack")) ?? []
        return packs.isEmpty && names.allSatisfy { $0.count != 2 }
    }

    /// Copies the files beside the mirror's; false if one went away meanwhile.
    private func stage(_ names: [String], from source: String) throws(GitError) -> Bool {
        for directory in Set(names.map { $0.prefix { $0 != "/" } }).union(["pack", "info"]) {
            try? FileManager.default.createDirectory(
                atPath: staging + "/" + directory, withIntermediateDirectories: true)
        }
        for name in names {
            guard try copyFile(source + "/" + name, to: staging + "/" + name) else { return false }
        }
        return true
    }

    /// Puts the copies in the place of the mirror's empty directory; a crash in between leaves none, which is repaired.
    private func activate() throws(GitError) -> Bool {
        guard rename(objects, replaced) == 0, rename(staging, objects) == 0 else {
            throw GitError.system(errno, operation: "rename", subject: objects)
        }
        try check(git_odb_refresh(target.database), "open objects of", target.path)
        return true
    }

    private func copyFile(_ source: String, to destination: String) throws(GitError) -> Bool {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { return false }
        defer { close(input) }
        let output = open(destination, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o444)
        guard output >= 0 else { throw GitError.system(errno, operation: "write", subject: destination) }
        defer { close(output) }
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = read(input, &buffer, buffer.count)
            guard count > 0 else { return count == 0 }
            var progress = git_indexer_progress()
            progress.received_bytes = conversation.packByteCount + count
            let allowed = conversation.advance(progress)
            guard allowed == 0 else { throw conversation.error(allowed, "fetch") }
            guard write(output, buffer, count) == count else {
                throw GitError.system(errno, operation: "write", subject: destination)
            }
        }
    }
}
