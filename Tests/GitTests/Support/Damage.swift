import CLibGit2
import Foundation
import Git
import Glibc
import Model

/// One way to break a mirror on disk.
enum Damage: String, CaseIterable, Sendable {
    case missing, fileInItsPlace, emptyDirectory, danglingLink
    case headGarbage, headMissing, headDirectory, configGarbage, configForeign
    case refGarbage, packedRefsGarbage, objectsMissing, refsMissing
    case cutOffPack, packsMissing, objectsGarbage, commitMissing

    /// What a poll sees by itself.
    static let visible: [Damage] = allCases.filter { !hidden.contains($0) }
    /// What is seen only when the objects are read.
    static let hidden: [Damage] = [.objectsGarbage]

    /// What a reader reports.
    static let suspicion = GitError(.corrupted, operation: "read", subject: "object", cause: "a test says so")

    /// Bytes that do not compress, the same in every run.
    static func noise(_ count: Int) -> [UInt8] {
        var random = SplitMix(state: 7)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    /// Breaks the repository at a path.
    func apply(to path: String) throws {
        let files = FileManager.default
        switch self {
        case .missing: try files.removeItem(atPath: path)
        case .fileInItsPlace:
            try files.removeItem(atPath: path)
            try write("not a mirror", path)
        case .emptyDirectory:
            try files.removeItem(atPath: path)
            try files.createDirectory(atPath: path, withIntermediateDirectories: true)
        case .danglingLink:
            try files.removeItem(atPath: path)
            try files.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
        case .headGarbage: try write("\u{1}garbage", path + "/HEAD")
        case .headMissing: try files.removeItem(atPath: path + "/HEAD")
        case .headDirectory:
            try files.removeItem(atPath: path + "/HEAD")
            try files.createDirectory(atPath: path + "/HEAD", withIntermediateDirectories: true)
        case .configGarbage: try write("[core\n", path + "/config")
        case .configForeign: try write("[core]\n\trepositoryformatversion = 9\n", path + "/config")
        case .refGarbage: try write("garbage\n", path + "/refs/heads/main")
        case .packedRefsGarbage: try write("garbage\n", path + "/packed-refs")
        case .objectsMissing: try files.removeItem(atPath: path + "/objects")
        case .refsMissing: try files.removeItem(atPath: path + "/refs")
        case .cutOffPack:
            try Self.pack(path)
            for pack in try Self.packs(path) {
                guard truncate(pack, 4096) == 0 else { throw POSIXError(.EIO) }
            }
        case .packsMissing:
            try Self.pack(path)
            for pack in try Self.packs(path) { try files.removeItem(atPath: pack) }
        case .objectsGarbage:
            for file in try Self.objectFiles(path) { try Self.flip(file) }
        case .commitMissing:
            let tip = try String(contentsOfFile: path + "/refs/heads/main", encoding: .utf8)
            guard let id = ObjectID(hex: tip.trimmingCharacters(in: .newlines)) else { throw POSIXError(.EINVAL) }
            try Self.remove(id, from: path)
        }
    }

    /// Removes a loose object.
    static func remove(_ id: ObjectID, from path: String) throws {
        try FileManager.default.removeItem(atPath: "\(path)/objects/\(id.hex.prefix(2))/\(id.hex.dropFirst(2))")
    }

    /// Puts the loose objects of a repository into a pack, as a fetch over the network would have brought them.
    static func pack(_ path: String) throws {
        let loose = try objectFiles(path).filter { !$0.contains("/pack/") }
        guard !loose.isEmpty else { return }
        var repository: OpaquePointer?
        var builder: OpaquePointer?
        git_libgit2_init()
        guard git_repository_open(&repository, path) == 0, git_packbuilder_new(&builder, repository) == 0 else {
            throw POSIXError(.EIO)
        }
        defer {
            git_packbuilder_free(builder)
            git_repository_free(repository)
        }
        for file in loose {
            var id = git_oid()
            let hex = file.split(separator: "/").suffix(2).joined()
            guard git_oid_fromstr(&id, hex) == 0, git_packbuilder_insert(builder, &id, nil) == 0 else {
                throw POSIXError(.EIO)
            }
        }
        guard git_packbuilder_write(builder, path + "/objects/pack", 0o644, nil, nil) == 0 else {
            throw POSIXError(.EIO)
        }
        for file in loose { try FileManager.default.removeItem(atPath: file) }
    }

    private static func packs(_ path: String) throws -> [String] {
        let directory = path + "/objects/pack"
        return try FileManager.default.contentsOfDirectory(atPath: directory)
            .filter { $0.hasSuffix(".pack") }.map { directory + "/" + $0 }
    }

    private static func objectFiles(_ path: String) throws -> [String] {
        let objects = path + "/objects"
        return try FileManager.default.contentsOfDirectory(atPath: objects).filter { $0.utf8.count == 2 }
            .flatMap { folder in
                try FileManager.default.contentsOfDirectory(atPath: objects + "/" + folder)
                    .map { "\(objects)/\(folder)/\($0)" }
            } + packs(path)
    }

    /// Changes a byte in the middle.
    private static func flip(_ file: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        bytes[bytes.count / 2] ^= 0x5a
        try bytes.write(to: URL(fileURLWithPath: file))
    }

    private func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
}
