import CLibGit2
import Model

/// The conversions that a tree's `.gitattributes` ask for, such as `eol=crlf`; those of the machine do not count.
///
/// Filters that run programs, such as LFS, are not run: such files appear as they are stored.
final class WorktreeFilters {
    /// The file that asks for conversions of what is in its directory and deeper.
    static let fileName = ".gitattributes"
    private let objects: Objects
    private let tree: TreeID
    /// A commit with the tree, as libgit2 reads attributes from commits; made when the first is asked for.
    private var source: git_oid?

    init(objects: Objects, tree: TreeID) {
        self.objects = objects
        self.tree = tree
    }

    /// The content that a file has in the directory; nil if it is as it is stored.
    func converted(_ id: RawID, path: [UInt8]) throws(GitError) -> [UInt8]? {
        let source = try attributeSource()
        let name = String(decoding: path, as: UTF8.self)
        var library = id.library
        let blob = try Handle(git_blob_free, "read blob", id.hex) {
            git_blob_lookup(&$0, objects.repository, &library)
        }
        var options = git_filter_options()
        options.version = UInt32(GIT_FILTER_OPTIONS_VERSION)
        options.flags = GIT_FILTER_ATTRIBUTES_FROM_COMMIT.rawValue | GIT_FILTER_NO_SYSTEM_ATTRIBUTES.rawValue
        options.attr_commit_id = source
        var list: OpaquePointer?
        try check(
            git_filter_list_load_ext(
                &list, objects.repository, blob.pointer, name, GIT_FILTER_TO_WORKTREE, &options),
            "read attributes of", name)
        guard let list else { return nil }
        defer { git_filter_list_free(list) }
        var buffer = git_buf()
        try check(git_filter_list_apply_to_blob(&buffer, list, blob.pointer), "convert", name)
        defer { git_buf_dispose(&buffer) }
        return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }

    /// Writes a commit that nothing refers to; the same tree gives the same one.
    private func attributeSource() throws(GitError) -> git_oid {
        if let source { return source }
        let person = "ocuroot <> 0 +0000"
        let text = "tree \(tree.hex)\nauthor \(person)\ncommitter \(person)\n\nattributes\n"
        var id = git_oid()
        let bytes = Array(text.utf8)
        try check(
            git_odb_write(&id, objects.database, bytes, bytes.count, GIT_OBJECT_COMMIT),
            "write to", objects.path)
        source = id
        return id
    }
}
