import Model

/// What came of what a delivery said of a ref.
public struct WebhookRefOutcome: Sendable, Codable {
    /// The ref.
    public let ref: RefName
    /// The Change that brought the very commit; nil when none did.
    public let change: ChangeID?
    /// Where the ref was when it was last read; nil when it was not there, or is not delivered.
    public let tip: CommitID?
}
