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
        let root = try node(named: name, of: try RawID(tree.object, "read tree"), depth: 0)
        var found: [TreeFile] = []
        guard Self.collect(root, name, prefix: "", filesMax: filesMax, into: &found) else {
            throw GitError(
                .tooLarge, operation: "list files named", subject: name, cause: "there are more than \(filesMax)")
        }
        return found
    }

    /// Appends the files below a node; false if there are more than the bound.
    private static func collect(
        _ node: TreeCache.Node, _ name: String, prefix: String, filesMax: Int, into found: inout [TreeFile]
    ) -> Bool {
        for item in node.items {
            switch item {
            case .directory(let directory, let below):
                let isBounded = collect(
                    below, name, prefix: prefix + directory + "/", filesMax: filesMax, into: &found)
                guard isBounded else { return false }
            case .file(let kind, let blob):
                guard found.count < filesMax else { return false }
                found.append(TreeFile(path: prefix + name, kind: kind, blob: blob))
            }
        }
        return true
    }

    /// What a tree holds, from the cache or by reading it and everything below that is not in the cache.
    private func node(named name: String, of tree: RawID, depth: Int) throws(GitError) -> TreeCache.Node {
        if let known = trees.node(named: name, of: tree) { return known }
        guard depth < Self.treeDepthMax else {
            throw GitError(
                .tooLarge, operation: "read tree", subject: tree.hex,
                cause: "directories are nested deeper than \(Self.treeDepthMax)")
        }
        var name = name
        var items: [TreeCache.Item] = []
        try forEachRow(of: tree) { row throws(GitError) in
            if row.isDirectory {
                let below = try node(named: name, of: row.id, depth: depth + 1)
                if !below.items.isEmpty { items.append(.directory(name: row.text, node: below)) }
            } else if name.withUTF8({ row.name.elementsEqual($0) }),
                let kind = TreeEntry.Kind(mode: row.mode), kind.isBlob
            {
                items.append(.file(kind: kind, blob: BlobID(row.id.object)))
            }
            return true
        }
        let made = TreeCache.Node(items: items)
        trees.insert(made, named: name, of: tree)
        return made
    }
}
