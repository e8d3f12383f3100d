/// What a delivery says of one ref: a claim, never what is acted on.
public struct WebhookRefMove: Hashable, Sendable, Codable {
    /// The full name.
    public var ref: RefName
    /// Where it was; nil when it is new, or the host does not say.
    public var old: ObjectID?
    /// Where it is; nil when it was deleted, or the host does not say.
    public var new: ObjectID?
    /// Whether it was deleted.
    public var isDeleted: Bool

    /// Makes a value from its parts.
    public init(ref: RefName, old: ObjectID?, new: ObjectID?, isDeleted: Bool) {
        self.ref = ref
        self.old = old
        self.new = new
        self.isDeleted = isDeleted
    }
}
