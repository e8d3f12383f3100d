/// What was found out about a commit's signature when the commit was read.
public enum CommitSigning: Hashable, Sendable, Codable {
    /// It has none.
    case unsigned
    /// It has one that proves nothing; the sentence says why, of "it".
    case unusable(String)
    /// The key with this fingerprint, `SHA256:…`, made it for this very content, of which the digest is given.
    ///
    /// A signature can be written in several ways, each of which makes another commit of the same content.
    case signed(key: String, content: String)
}
