/// A bounded map that forgets what was not used for long.
///
/// Entries live in a young and an old half; when the young half is full, it becomes the old one and the old one is
/// dropped. A use moves an entry to the young half.
struct GenerationCache<Key: Hashable, Value> {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private let halfMax: Int

    /// Makes a cache of at most `countMax` entries, at least 2.
    init(countMax: Int) {
        halfMax = max(1, countMax / 2)
    }

    /// The entry under a key; nil when there is none, or no longer.
    mutating func value(for key: Key) -> Value? {
        if let value = young[key] { return value }
        guard let value = old[key] else { return nil }
        insert(value, for: key)
        return value
    }

    /// Adds or replaces an entry.
    mutating func insert(_ value: Value, for key: Key) {
        if young.count >= halfMax, young[key] == nil {
            old = young
            young = [:]
        }
        young[key] = value
    }
}
