import CLibGit2
import Model

extension Objects {
    /// The default bound on a patch: 32 MiB.
    public static let patchBytesMax = 32 << 20
    /// How many files a patch may touch.
    public static let patchFilesMax = 100_000

    /// Applies a patch to a tree and writes the new tree, and its new blobs, to the repository.
    ///
    /// Applying the same patch again gives the same id and writes nothing new. Where the patch tells the id of a file's
    /// new content, the result is compared with it.
    ///
    /// - Parameters:
    ///   - patch: in git's format, binary files as `GIT binary patch`; empty leaves the tree as it is.
    ///   - tree: what it was made against.
    ///   - bytesMax: a longer patch throws `tooLarge`.
    /// - Throws: `patchRejected` if it is malformed, does not fit, or touches `.git`, `.ocuroot` or a path outside;
    ///   `missingObject`, `corrupted`, `tooLarge`, `fileSystem`.
    public func apply(
        patch: [UInt8], to tree: TreeID, bytesMax: Int = Objects.patchBytesMax
    ) throws(GitError) -> TreeID {
        guard !patch.isEmpty else { return tree }
        guard patch.count <= bytesMax else {
            throw GitError(
                .tooLarge, operation: "apply patch to", subject: tree.hex,
                cause: "it has \(patch.count) bytes, and at most \(bytesMax) are taken")
        }
        let difference = try parse(patch, for: tree)
        let deltas = try deltas(of: difference.pointer, for: tree)
        var base = try RawID(tree.object, "apply patch to").library
        let preimage = try Handle(git_tree_free, "apply patch to", tree.hex) {
            git_tree_lookup(&$0, repository, &base)
        }
        let index: Handle
        do throws(GitError) {
            index = try Handle(git_index_free, "apply patch to", tree.hex) {
                git_apply_to_tree(&$0, repository, preimage.pointer, difference.pointer, nil)
            }
        } catch {
            throw error.code == .missingObject || error.code == .corrupted ? error : rejected(tree, error.cause)
        }
        var result = git_oid()
        try check(git_index_write_tree_to(&result, index.pointer, repository), "write patched tree of", tree.hex)
        try verify(deltas, index.pointer, tree)
        return TreeID(RawID(result).object)
    }

    private func parse(_ patch: [UInt8], for tree: TreeID) throws(GitError) -> Handle {
        do throws(GitError) {
            return try Handle(git_diff_free, "parse patch for", tree.hex) { out in
                PatchText.quotingNames(patch).withUnsafeBytes { bytes in
                    git_diff_from_buffer(&out, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
                }
            }
        } catch {
            throw rejected(tree, error.cause)
        }
    }

    /// Copies what the patch says it does, having checked every path.
    private func deltas(of difference: OpaquePointer, for tree: TreeID) throws(GitError) -> [git_diff_delta] {
        let count = git_diff_num_deltas(difference)
        guard count > 0 else { throw rejected(tree, "it changes no file") }
        guard count <= Self.patchFilesMax else { throw rejected(tree, "it changes \(count) files") }
        var all: [git_diff_delta] = []
        for position in 0..<count {
            guard let delta = git_diff_get_delta(difference, position)?.pointee else { continue }
            for path in [delta.old_file.path, delta.new_file.path].compactMap({ $0 }) {
                try checkPath(String(cString: path), tree)
            }
            all.append(delta)
        }
        return all
    }

    private func checkPath(_ path: String, _ tree: TreeID) throws(GitError) {
        let names = (try? TreePath.names(path, "apply patch to")) ?? []
        let isClean = !names.isEmpty && names.allSatisfy { TreePath.isWritable($0.utf8) } && names[0] != ".ocuroot"
        guard isClean else { throw rejected(tree, "it touches '\(path)', which is not a path of the repository") }
    }

    /// Compares the new contents with the ids in the patch, where those are whole.
    private func verify(_ deltas: [git_diff_delta], _ index: OpaquePointer, _ tree: TreeID) throws(GitError) {
        for delta in deltas where delta.status != GIT_DELTA_DELETED && delta.new_file.id_abbrev == 40 {
            let entry = git_index_get_bypath(index, delta.new_file.path, 0)
            guard let entry, RawID(entry.pointee.id) == RawID(delta.new_file.id) else {
                throw rejected(tree, "'\(String(cString: delta.new_file.path))' came out different from what it says")
            }
        }
    }

    private func rejected(_ tree: TreeID, _ cause: String) -> GitError {
        GitError(
            .patchRejected, operation: "apply patch to", subject: "tree \(tree.hex)", cause: cause,
            hint: "make the patch again from a checkout of the same commit")
    }
}
