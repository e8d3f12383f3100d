import CLibGit2

/// Streams a pack that was put together here into a mirror, as if it came from a remote.
final class LocalPack {
    private let pack: Handle
    private let target: Objects
    private let conversation: Conversation
    private var progress = git_indexer_progress()
    private var writer: UnsafeMutablePointer<git_odb_writepack>?

    /// Begins a pack of objects of `source`.
    init(from source: Objects, to target: Objects, _ conversation: Conversation) throws(GitError) {
        pack = try Handle(git_packbuilder_free, "fetch from", source.path) {
            git_packbuilder_new(&$0, source.repository)
        }
        self.target = target
        self.conversation = conversation
    }

    /// Adds an object.
    func insert(_ id: RawID) throws(GitError) {
        var library = id.library
        try check(git_packbuilder_insert(pack.pointer, &library, nil), "fetch object", id.hex)
    }

    /// Stores the pack, all of it or nothing.
    ///
    /// - Throws: `tooLarge`, `cancelled`, `timedOut`, `fileSystem`.
    func store() throws(GitError) {
        guard git_packbuilder_object_count(pack.pointer) > 0 else { return }
        try check(git_odb_write_pack(&writer, target.database, nil, nil), "store pack in", target.path)
        defer { writer?.pointee.free(writer) }
        let code = git_packbuilder_foreach(
            pack.pointer,
            { bytes, count, payload in
                payload.map { Unmanaged<LocalPack>.fromOpaque($0).takeUnretainedValue().append(bytes, count) } ?? -1
            },
            Unmanaged.passUnretained(self).toOpaque())
        guard code >= 0 else { throw conversation.error(code, "fetch") }
        try check(writer?.pointee.commit(writer, &progress) ?? -1, "store pack in", target.path)
    }

    private func append(_ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int32 {
        progress.received_bytes += count
        let allowed = conversation.advance(progress)
        guard allowed == 0, let writer else { return allowed == 0 ? -1 : allowed }
        return writer.pointee.append(writer, bytes, count, &progress)
    }
}
