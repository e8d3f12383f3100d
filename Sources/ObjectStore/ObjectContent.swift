/// What is stored under a key.
public enum ObjectContent: Sendable {
    /// These bytes.
    case bytes([UInt8])
    /// A regular file's content, which must not change while it is stored.
    case file(path: String)
}
