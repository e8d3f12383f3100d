import Model

/// The body of `POST /api/v1/repos/ID/announce`.
public struct AnnounceRequest: Sendable, Codable {
    /// The ref that is said to have moved; only a hint, the refs are read from the remote.
    public var ref: RefName?

    /// Makes a value from its parts.
    public init(ref: RefName? = nil) {
        self.ref = ref
    }
}
