import Model
import Synchronization

/// Remembers, by tree id, where files of a name are, so that an unchanged directory is never walked again.
///
/// Trees never change, so nothing is ever stale. One cache serves all readers of a repository at once.
public final class TreeCache: Sendable {
    /// What one tree holds of the files that are looked for.
    enum Item: Sendable {
        /// The file itself.
        case file(kind: TreeEntry.Kind, id: RawID)
        /// A directory with at least one such file at any depth.
        case directory(name: String, id: RawID)
    }

    /// Above this many trees the cache starts afresh.
    private let treesMax: Int
    private let items = Mutex<[String: [RawID: [Item]]]>([:])

    /// Makes an empty cache.
    ///
    /// - Parameter treesMax: how many trees are remembered per file name, about 100 bytes each.
    public init(treesMax: Int = 1_000_000) {
        self.treesMax = treesMax
    }

    func items(named name: String, in tree: RawID) -> [Item]? {
        items.withLock { $0[name]?[tree] }
    }

    func insert(_ found: [Item], named name: String, in tree: RawID) {
        items.withLock { all in
            if all[name, default: [:]].count >= treesMax { all[name] = [:] }
            all[name, default: [:]][tree] = found
        }
    }
}
