import Model
import Store

/// The answer to `GET /api/v1/webhooks/deliveries/ID`.
public struct WebhookReport: Sendable, Codable {
    /// The delivery.
    public var delivery: WebhookDelivery
    /// What came of what it says of refs; nil while the repo was not looked at since.
    public var outcomes: [WebhookRefOutcome]?
    /// The beginning of its body.
    public var body: String

    /// Makes a value from its parts.
    public init(delivery: WebhookDelivery, outcomes: [WebhookRefOutcome]?, body: String) {
        self.delivery = delivery
        self.outcomes = outcomes
        self.body = body
    }
}
