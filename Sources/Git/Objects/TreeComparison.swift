import CLibGit2
import Glibc
import Model

/// Walks two trees side by side and collects the paths that differ.
struct TreeComparison {
    /// One side of a name that differs.
    private struct Side {
        let mode: UInt32
        let id: RawID

        var isDirectory: Bool { mode & 0o170000 == 0o040000 }
        var entry: TreeEntry? {
            TreeEntry.Kind(mode: mode).map { TreeEntry(kind: $0, id: id.object) }
        }
    }

    /// A name that differs, or that only one tree has.
    private struct Difference {
        let name: String
        let old: Side?
        let new: Side?
    }

    private let objects: Objects
    private let changesMax: Int
    private(set) var changes: [PathChange] = []

    init(objects: Objects, changesMax: Int) {
        self.objects = objects
        self.changesMax = changesMax
    }

    /// Compares two trees of the same path; nil is an empty one.
    mutating func compare(_ old: RawID?, _ new: RawID?, prefix: String, depth: Int) throws(GitError) {
        guard old != new else { return }
        guard depth < Objects.treeDepthMax else {
            throw GitError(
                .tooLarge, operation: "compare trees", subject: prefix,
                cause: "directories are nested deeper than \(Objects.treeDepthMax)")
        }
        for difference in try differences(old, new) {
            let path = prefix + difference.name
            if difference.old?.isDirectory ?? true, difference.new?.isDirectory ?? true {
                try compare(difference.old?.id, difference.new?.id, prefix: path + "/", depth: depth + 1)
            } else {
                try append(path, difference)
            }
        }
    }

    private mutating func append(_ path: String, _ difference: Difference) throws(GitError) {
        guard changes.count < changesMax else {
            throw GitError(
                .tooLarge, operation: "compare trees", subject: path,
                cause: "more than \(changesMax) paths differ")
        }
        let old = difference.old?.entry
        let new = difference.new?.entry
        let kind: PathChange.Kind =
            switch (old?.kind, new?.kind) {
            case (nil, _): .added
            case (_, nil): .deleted
            case (.symlink, .symlink), (.submodule, .submodule): .modified
            case (.symlink, _), (_, .symlink), (.submodule, _), (_, .submodule): .typeChanged
            default: .modified
            }
        changes.append(PathChange(path: path, kind: kind, old: old, new: new))
    }

    /// The names of two trees that are not the same in both, with both trees closed again.
    private func differences(_ old: RawID?, _ new: RawID?) throws(GitError) -> [Difference] {
        try withTree(old) { left throws(GitError) in
            try withTree(new) { right throws(GitError) in
                try Self.merge(left, right)
            }
        }
    }

    private func withTree<Value>(
        _ id: RawID?, _ body: (RawTree) throws(GitError) -> Value
    ) throws(GitError) -> Value {
        guard let id else { return try body(RawTree.empty) }
        return try objects.withObject(id, type: GIT_OBJECT_TREE, "read tree") { bytes throws(GitError) in
            try body(RawTree(bytes, id: id))
        }
    }

    private static func merge(_ left: RawTree, _ right: RawTree) throws(GitError) -> [Difference] {
        var (left, right) = (left, right)
        var found: [Difference] = []
        var old = try left.next()
        var new = try right.next()
        while old != nil || new != nil {
            let order = order(old, new)
            if order == 0, let old, let new {
                if old.id != new.id || old.mode != new.mode {
                    found.append(Difference(name: new.text, old: side(old), new: side(new)))
                }
            } else if order < 0, let old {
                found.append(Difference(name: old.text, old: side(old), new: nil))
            } else if let new {
                found.append(Difference(name: new.text, old: nil, new: side(new)))
            }
            if order <= 0 { old = try left.next() }
            if order >= 0 { new = try right.next() }
        }
        return found
    }

    private static func side(_ row: RawTree.Row) -> Side { Side(mode: row.mode, id: row.id) }

    /// Git's order: by bytes, a directory's name counting as if it ended in a slash.
    ///
    /// A missing row comes last.
    private static func order(_ old: RawTree.Row?, _ new: RawTree.Row?) -> Int32 {
        guard let old else { return 1 }
        guard let new else { return -1 }
        let shared = min(old.name.count, new.name.count)
        if let one = old.name.baseAddress, let two = new.name.baseAddress {
            let difference = memcmp(one, two, shared)
            if difference != 0 { return difference }
        }
        return Int32(byte(old, at: shared)) - Int32(byte(new, at: shared))
    }

    private static func byte(_ row: RawTree.Row, at position: Int) -> UInt8 {
        if position < row.name.count { return row.name[position] }
        return row.isDirectory ? UInt8(ascii: "/") : 0
    }
}
