import Model

/// One ref that moved on the remote since the last fetch.
public struct RefChange: Hashable, Sendable {
    /// The ref.
    public let ref: RefName
    /// Its object before; nil if it is new.
    public let old: ObjectID?
    /// Its object now; nil if it was deleted.
    public let new: ObjectID?

    /// Makes a value from its parts.
    public init(ref: RefName, old: ObjectID?, new: ObjectID?) {
        self.ref = ref
        self.old = old
        self.new = new
    }
}
