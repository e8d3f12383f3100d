import CLibGit2
import Model

extension Objects {
    /// All files of one name in a tree, at any depth, sorted by git's order of paths.
    ///
    /// The first call for a repository reads every tree once; later ones read only trees that are new.
    ///
    /// - Parameters:
    ///   - name: the last part of the paths, such as `package.ocu.star`. Symlinks of that name are listed as such.
    ///   - tree: where to look.
    ///   - filesMax: the bound; more throw `tooLarge`.
    /// - Throws: `missingObject`, `corrupted`, `tooLarge`.
    public func files(named name: String, in tree: TreeID, filesMax: Int = 100_000) throws(GitError) -> [TreeFile] {
        var found: [TreeFile] = []
        try collect(
            name, in: try RawID(tree.object, "read tree"), prefix: "", depth: 0, filesMax: filesMax, into: &found)
        return found
    }

    private func collect(
        _ name: String, in tree: RawID, prefix: String, depth: Int, filesMax: Int, into found: inout [TreeFile]
    ) throws(GitError) {
        for item in try items(named: name, in: tree, depth: depth) {
            switch item {
            case .directory(let directory, let id):
                try collect(
                    name, in: id, prefix: prefix + directory + "/", depth: depth + 1, filesMax: filesMax,
                    into: &found)
            case .file(let kind, let id):
                guard found.count < filesMax else {
                    throw GitError(
                        .tooLarge, operation: "list files named", subject: name,
                        cause: "there are more than \(filesMax)")
                }
                found.append(TreeFile(path: prefix + name, kind: kind, blob: BlobID(id.object)))
            }
        }
    }

    /// What a tree holds, from the cache or by reading it and everything below that is not in the cache.
    private func items(named name: String, in tree: RawID, depth: Int) throws(GitError) -> [TreeCache.Item] {
        if let known = trees.items(named: name, in: tree) { return known }
        guard depth < Self.treeDepthMax else {
            throw GitError(
                .tooLarge, operation: "read tree", subject: tree.hex,
                cause: "directories are nested deeper than \(Self.treeDepthMax)")
        }
        let wanted = Array(name.utf8)
        var found: [TreeCache.Item] = []
        try forEachRow(of: tree) { row throws(GitError) in
            if row.isDirectory {
                if try !items(named: name, in: row.id, depth: depth + 1).isEmpty {
                    found.append(.directory(name: row.text, id: row.id))
                }
            } else if row.name.count == wanted.count, row.name.elementsEqual(wanted),
                let kind = TreeEntry.Kind(mode: row.mode), kind.isBlob
            {
                found.append(.file(kind: kind, id: row.id))
            }
            return true
        }
        trees.insert(found, named: name, in: tree)
        return found
    }
}
