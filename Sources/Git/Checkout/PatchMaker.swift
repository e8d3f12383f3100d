import CLibGit2
import Glibc
import Model

/// Writes the difference between a commit and a work tree as a patch.
struct PatchMaker {
    let objects: Objects
    let bytesMax: Int

    /// What the printing callback fills.
    private final class Output {
        var bytes: [UInt8] = []
        let bytesMax: Int
        init(bytesMax: Int) { self.bytesMax = bytesMax }
    }

    /// Whether a path is under `.ocuroot/`, which is never part of a Change.
    static func isOwn(_ path: UnsafePointer<CChar>) -> Bool {
        strcmp(path, ".ocuroot") == 0 || strncmp(path, ".ocuroot/", 9) == 0
    }

    /// Whether a file is missing because git was told to leave it out, as in a sparse checkout: nobody deleted it.
    static func isLeftOut(_ delta: git_diff_delta, _ index: OpaquePointer) -> Bool {
        guard delta.status == GIT_DELTA_DELETED,
            let entry = git_index_get_bypath(index, delta.old_file.path, 0)?.pointee
        else { return false }
        let isSparse = UInt32(entry.flags_extended) & UInt32(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue) != 0
        return isSparse || UInt32(entry.flags) & UInt32(GIT_INDEX_ENTRY_VALID.rawValue) != 0
    }

    /// The patch; nil if nothing differs.
    func patch(against commit: Commit) throws(GitError) -> Patch? {
        let difference = try difference(commit)
        let count = git_diff_num_deltas(difference.pointer)
        guard count > 0 else { return nil }
        var (paths, added, removed): (Set<String>, Set<String>, Set<String>) = ([], [], [])
        for position in 0..<count {
            guard let delta = git_diff_get_delta(difference.pointer, position)?.pointee else { continue }
            let path = String(cString: delta.new_file.path)
            guard delta.new_file.size <= UInt64(bytesMax) else { throw tooLarge("'\(path)' alone is longer") }
            paths.insert(path)
            switch delta.status {
            case GIT_DELTA_ADDED, GIT_DELTA_UNTRACKED: added.insert(path)
            case GIT_DELTA_DELETED: removed.insert(path)
            default: break
            }
        }
        let output = Output(bytesMax: bytesMax)
        let code = git_diff_print(
            difference.pointer, GIT_DIFF_FORMAT_PATCH,
            { _, _, line, payload in PatchMaker.append(line, to: payload) },
            Unmanaged.passUnretained(output).toOpaque())
        guard code != GIT_EUSER.rawValue else { throw tooLarge("the patch is longer") }
        try check(code, "make patch of", objects.path)
        return Patch(
            base: commit.id, text: output.bytes, paths: paths.sorted(), addedCount: added.subtracting(removed).count,
            removedCount: removed.subtracting(added).count)
    }

    private func difference(_ commit: Commit) throws(GitError) -> Handle {
        var options = git_diff_options()
        try check(
            git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "make patch of", objects.path)
        options.flags =
            GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
            | GIT_DIFF_SHOW_UNTRACKED_CONTENT.rawValue | GIT_DIFF_SHOW_BINARY.rawValue
            | GIT_DIFF_IGNORE_SUBMODULES.rawValue
        options.id_abbrev = 40
        options.context_lines = 3
        let index = try objects.index()
        options.payload = UnsafeMutableRawPointer(index.pointer)
        options.notify_cb = { _, delta, _, index in
            guard let delta = delta?.pointee, let index else { return 0 }
            return PatchMaker.isOwn(delta.new_file.path) || PatchMaker.isLeftOut(delta, OpaquePointer(index)) ? 1 : 0
        }
        var treeID = try RawID(commit.tree.object, "make patch of").library
        let tree = try Handle(git_tree_free, "make patch of", objects.path) {
            git_tree_lookup(&$0, objects.repository, &treeID)
        }
        return try withExtendedLifetime(index) { () throws(GitError) in
            try Handle(git_diff_free, "make patch of", objects.path) {
                git_diff_tree_to_workdir_with_index(&$0, objects.repository, tree.pointer, &options)
            }
        }
    }

    private static func append(_ line: UnsafePointer<git_diff_line>?, to payload: UnsafeMutableRawPointer?) -> Int32 {
        guard let line = line?.pointee, let payload else { return GIT_EUSER.rawValue }
        let output = Unmanaged<Output>.fromOpaque(payload).takeUnretainedValue()
        let origin = UInt8(bitPattern: line.origin)
        switch origin {
        case UInt8(ascii: " "), UInt8(ascii: "+"), UInt8(ascii: "-"): output.bytes.append(origin)
        default: break
        }
        let content = UnsafeRawBufferPointer(start: line.content, count: line.content_len)
        guard output.bytes.count + content.count <= output.bytesMax else { return GIT_EUSER.rawValue }
        output.bytes.append(contentsOf: content)
        return 0
    }

    private func tooLarge(_ what: String) -> GitError {
        GitError(
            .tooLarge, operation: "make patch of", subject: objects.path,
            cause: "\(what) than the \(bytesMax) bytes that are taken",
            hint: "commit large files, or add them to .gitignore")
    }
}

extension Objects {
    /// The index of the checkout.
    func index() throws(GitError) -> Handle {
        try Handle(git_index_free, "read index of", path) { git_repository_index(&$0, repository) }
    }
}
