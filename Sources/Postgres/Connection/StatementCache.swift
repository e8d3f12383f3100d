/// Which prepared statements a connection holds, and which one gives way.
struct StatementCache {
    /// What has to be done before a statement can run.
    enum Step: Equatable {
        /// It is prepared under this name.
        case ready(String)
        /// Prepare it under this name, after dropping the others.
        case prepare(String, dropping: [String])
    }

    /// The text and the types of its binds: the same text with other types is another statement.
    struct Key: Hashable {
        var text: String
        var types: [UInt32]
    }

    private struct Entry {
        var name: String
        var lastUse: UInt64
    }

    let countMax: Int
    private var entries: [Key: Entry] = [:]
    private var outdated: [String] = []
    private var uses: UInt64 = 0
    private var named: UInt64 = 0

    init(countMax: Int) {
        self.countMax = countMax
    }

    mutating func step(for key: Key) -> Step {
        uses += 1
        if let name = entries[key]?.name {
            entries[key]?.lastUse = uses
            return .ready(name)
        }
        named += 1
        if entries.count >= countMax, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            forget(oldest.key, isGone: false)
        }
        return .prepare("s\(named)", dropping: outdated)
    }

    /// Records that the statement is prepared, and those that it displaced are dropped.
    mutating func insert(_ key: Key, name: String) {
        outdated = []
        entries[key] = Entry(name: name, lastUse: uses)
    }

    /// Forgets a statement that cannot be used any more.
    ///
    /// - Parameter isGone: whether the server has dropped it; else the next ``Step/prepare(_:dropping:)`` does.
    mutating func forget(_ key: Key, isGone: Bool) {
        guard let entry = entries.removeValue(forKey: key), !isGone else { return }
        outdated.append(entry.name)
    }
}
