import CLibGit2
import Model

extension Objects {
    /// The deepest directory that is looked into; deeper trees are refused.
    static let treeDepthMax = 512

    /// What is at a path of a tree; nil if nothing is.
    ///
    /// - Parameters:
    ///   - path: names with `/` between them, from the root of the tree; `""` is the tree itself.
    ///   - tree: where to look.
    /// - Throws: `invalidName` for a path with empty, `.` or `..` names; `missingObject`, `corrupted`.
    public func entry(at path: String, in tree: TreeID) throws(GitError) -> TreeEntry? {
        let names = try TreePath.names(path, "look up path")
        var found = TreeEntry(kind: .directory, id: tree.object)
        for name in names {
            guard found.kind == .directory else { return nil }
            guard let next = try entry(named: name, in: try RawID(found.id, "read tree")) else { return nil }
            found = next
        }
        return found
    }

    /// The names of one directory, in git's order.
    ///
    /// - Throws: `missingObject`, `corrupted`.
    public func entries(of tree: TreeID) throws(GitError) -> [(name: String, entry: TreeEntry)] {
        var all: [(name: String, entry: TreeEntry)] = []
        try forEachRow(of: try RawID(tree.object, "read tree")) { row throws(GitError) in
            if let kind = TreeEntry.Kind(mode: row.mode) {
                all.append((row.text, TreeEntry(kind: kind, id: row.id.object)))
            }
            return true
        }
        return all
    }

    /// Calls `body` for each entry of a tree until it returns false.
    func forEachRow(of tree: RawID, _ body: (RawTree.Row) throws(GitError) -> Bool) throws(GitError) {
        try withObject(tree, type: GIT_OBJECT_TREE, "read tree") { bytes throws(GitError) in
            var rows = RawTree(bytes, id: tree)
            while let row = try rows.next() {
                guard try body(row) else { return }
            }
        }
    }

    private func entry(named name: Substring, in tree: RawID) throws(GitError) -> TreeEntry? {
        var name = String(name)
        var found: TreeEntry?
        try forEachRow(of: tree) { row throws(GitError) in
            let isSame = name.withUTF8 { row.name.elementsEqual($0) }
            if isSame, let kind = TreeEntry.Kind(mode: row.mode) {
                found = TreeEntry(kind: kind, id: row.id.object)
            }
            return !isSame
        }
        return found
    }
}
