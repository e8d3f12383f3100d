import Model

/// The answer to a delivery of a git host.
public struct WebhookReply: Sendable, Codable {
    /// What became of it.
    public enum State: String, Sendable, Codable {
        /// It is kept; if it says that refs moved, they are read now.
        case accepted
        /// It was kept before: nothing follows.
        case duplicate
    }

    /// What became of it.
    public var state: State
    /// The delivery; nil for a duplicate.
    public var delivery: WebhookDeliveryID?
    /// What it was taken for.
    public var kind: WebhookDelivery.Kind

    /// Makes a value from its parts.
    public init(state: State, delivery: WebhookDeliveryID?, kind: WebhookDelivery.Kind) {
        self.state = state
        self.delivery = delivery
        self.kind = kind
    }
}
