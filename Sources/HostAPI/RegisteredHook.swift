/// A webhook that a git host has.
public struct RegisteredHook: Sendable, Hashable {
    /// What the host calls it.
    public let id: String
    /// Whether it was made, rather than found and given other settings.
    public let isNew: Bool
}
