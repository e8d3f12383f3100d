/// String keys with values, in order of insertion; the order does not matter for `==`.
public struct StarlarkDictionary: Sendable, ExpressibleByDictionaryLiteral {
    private var keys: [String] = []
    private var values: [String: StarlarkData] = [:]

    /// An empty dictionary.
    public init() {}

    /// Entries in order; a later one of the same key wins and keeps the earlier place.
    public init(_ pairs: some Sequence<(String, StarlarkData)>) {
        for (key, value) in pairs { self[key] = value }
    }

    /// Entries in order.
    public init(dictionaryLiteral elements: (String, StarlarkData)...) { self.init(elements) }

    /// The value of a key.
    ///
    /// Setting nil removes it, in time proportional to the count.
    public subscript(key: String) -> StarlarkData? {
        get { values[key] }
        set {
            if let newValue {
                if values.updateValue(newValue, forKey: key) == nil { keys.append(key) }
            } else if values.removeValue(forKey: key) != nil {
                keys.removeAll { $0 == key }
            }
        }
    }

    /// The entries in order.
    public var entries: [(key: String, value: StarlarkData)] { keys.map { ($0, values[$0] ?? .none) } }

    /// How many entries there are.
    public var count: Int { keys.count }

    /// Whether there are none.
    public var isEmpty: Bool { keys.isEmpty }
}

extension StarlarkDictionary: Hashable {
    /// Whether both have the same keys with equal values.
    public static func == (left: StarlarkDictionary, right: StarlarkDictionary) -> Bool { left.values == right.values }

    /// Hashes the entries without their order.
    public func hash(into hasher: inout Hasher) { hasher.combine(values) }
}
