/// A JSON-like value outside any heap.
public enum StarlarkData: Sendable, Hashable {
    /// None
    case none
    /// True or False
    case bool(Bool)
    /// An integer of 64 bits.
    case int(Int)
    /// A float.
    case float(Double)
    /// A string; bytes that are no UTF-8 were replaced by U+FFFD.
    case string(String)
    /// A list (or tuple).
    case list([StarlarkData])
    /// A dict with string keys (or a struct).
    case dict(StarlarkDictionary)

    /// How deep lists and dicts may nest.
    public static let depthMax = 256

    /// How many values one piece of data may have.
    public static let countMax = 1_000_000

    /// How many bytes its strings may have together: 64 MiB.
    public static let bytesMax = 64 << 20
}
