/// What a request carries.
public enum HTTPBody: Sendable, Hashable {
    /// Nothing.
    case none
    /// These bytes.
    case bytes([UInt8])
    /// A regular file's content as it is while it is sent, read in pieces on the session's thread.
    case file(path: String)

    /// A text's UTF-8 bytes.
    public static func text(_ text: String) -> HTTPBody { .bytes(Array(text.utf8)) }
}
