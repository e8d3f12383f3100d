import Model
import Synchronization

/// Remembers, by tree id, where files of a name are, so that an unchanged directory is never walked again.
///
/// Trees never change, so nothing is ever stale. One cache serves all readers of a repository at once.
public final class TreeCache: Sendable {
    /// What one tree holds, at any depth, of the files that are looked for.
    final class Node: Sendable {
        /// The names that lead to such files, in git's order.
        let items: [Item]

        init(items: [Item]) {
            self.items = items
        }
    }

    /// One name of a node.
    enum Item: Sendable {
        /// The file itself.
        case file(kind: TreeEntry.Kind, blob: BlobID)
        /// A directory with at least one such file at any depth.
        case directory(name: String, node: Node)
    }

    /// Above this many trees the cache starts afresh.
    private let treesMax: Int
    private let nodes = Mutex<[String: [RawID: Node]]>([:])

    /// Makes an empty cache.
    ///
    /// - Parameter treesMax: how many trees are remembered per file name, about 100 bytes each.
    public init(treesMax: Int = 1_000_000) {
        self.treesMax = treesMax
    }

    func node(named name: String, of tree: RawID) -> Node? {
        nodes.withLock { $0[name]?[tree] }
    }

    func insert(_ node: Node, named name: String, of tree: RawID) {
        nodes.withLock { all in
            if all[name, default: [:]].count >= treesMax { all[name] = [:] }
            all[name, default: [:]][tree] = node
        }
    }
}
