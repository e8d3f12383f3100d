/// What a put did.
public enum PutResult: Sendable, Hashable {
    /// The content is now stored under the key.
    case stored
    /// `ifAbsent` was asked for and the key has content already, which was left as it is.
    case alreadyThere
}
