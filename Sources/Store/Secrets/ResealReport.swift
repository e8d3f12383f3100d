/// What sealing stored secrets again came to.
public struct ResealReport: Sendable, Hashable {
    /// How many are under the key that seals now and were not.
    public internal(set) var resealed = 0
    /// How many cannot be opened with the master keys that the server has; they stay as they are.
    public internal(set) var unreadable = 0
}
