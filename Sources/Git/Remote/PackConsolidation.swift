import CLibGit2
import Foundation
import Glibc
import Model

/// Joins the small packs that fetch after fetch leaves in a mirror, because each look-up asks every pack.
///
/// Readers that have the old packs open go on: what they have mapped stays, and what they do not find they look for
/// again. A crash in between leaves an object in two packs, which does no harm.
struct PackConsolidation {
    let objects: Objects
    let conversation: Conversation
    /// More packs than this of one size are joined when there is nothing else to do.
    static let packsMaxIdle = 50
    /// More packs than this of one size are joined at once.
    static let packsMax = 200
    /// Packs are joined with packs of their own size only, so that a large one is not written again and again.
    private static let sizes: [Range<Int>] = [0..<1 << 20, 1 << 20..<32 << 20, 32 << 20..<1 << 30]

    private struct Pack {
        /// The path without suffix.
        let path: String
        let byteCount: Int
    }

    /// Joins packs if there are more than `packsMax` of one size.
    func run(packsMax: Int) throws(GitError) {
        let packs = list()
        for size in Self.sizes {
            let alike = packs.filter { size.contains($0.byteCount) }
            if alike.count > packsMax { return try join(alike) }
        }
    }

    private func list() -> [Pack] {
        let directory = objects.path + "/objects/pack"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { $0.hasSuffix(".idx") }.compactMap { name in
            let path = directory + "/" + name.dropLast(4)
            var status = stat()
            guard stat(path + ".pack", &status) == 0 else { return nil }
            return Pack(path: path, byteCount: Int(status.st_size))
        }
    }

    private func join(_ packs: [Pack]) throws(GitError) {
        let before = Set(list().map(\.path))
        let joined = try LocalPack(from: objects, to: objects, conversation)
        for pack in packs {
            for id in try ids(in: pack) { try joined.insert(id) }
        }
        try joined.store()
        try check(git_odb_refresh(objects.database), "open objects of", objects.path)
        // The same objects in the same order would be the same pack, which then is one of those that are there.
        guard Set(list().map(\.path)).subtracting(before).count == 1 else { return }
        for pack in packs {
            unlink(pack.path + ".idx")
            unlink(pack.path + ".pack")
        }
    }

    private func ids(in pack: Pack) throws(GitError) -> [RawID] {
        let database = try Handle(git_odb_free, "read pack", pack.path) { git_odb_new(&$0) }
        var backend: OpaquePointer?
        try check(git_odb_backend_one_pack(&backend, pack.path + ".idx"), "read pack", pack.path)
        try check(git_odb_add_backend(database.pointer, backend, 1), "read pack", pack.path)
        var found: [RawID] = []
        let code = withUnsafeMutablePointer(to: &found) { list in
            git_odb_foreach(
                database.pointer,
                { id, payload in
                    guard let id else { return -1 }
                    payload?.assumingMemoryBound(to: [RawID].self).pointee.append(RawID(id.pointee))
                    return 0
                }, list)
        }
        try check(code, "read pack", pack.path)
        return found
    }
}
