import Glibc

extension ObjectDirectory {
    /// The first `limit` objects after the key `after`, in the order of their keys' bytes.
    ///
    /// Reads only folders that can hold such objects, and one folder's names at a time.
    func list(prefix: String, after: String?, limit: Int) throws(ObjectStoreError) -> ObjectPage {
        var walk = FolderWalk(prefix: prefix, after: after ?? "", countMax: limit + 1)
        try walk.visit(root, keyPrefix: "", depth: 0)
        let objects = Array(walk.found.prefix(limit))
        let next = walk.found.count > limit ? objects.last.map { ObjectCursor($0.key.text) } : nil
        return ObjectPage(objects: objects, next: next)
    }
}
