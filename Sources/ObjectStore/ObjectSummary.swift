/// What a bucket knows of an object without reading it.
public struct ObjectSummary: Sendable, Hashable {
    /// Its name.
    public let key: ObjectKey
    /// How long it is, in bytes.
    public let byteCount: Int

    /// Makes a summary.
    public init(key: ObjectKey, byteCount: Int) {
        self.key = key
        self.byteCount = byteCount
    }
}
