import Model

/// The answer to `POST /api/v1/webhooks/test`: whether a ping through the public address arrived.
public struct WebhookTestReply: Sendable, Codable {
    /// Where it was sent.
    public var url: String
    /// Whether it arrived here.
    public var hasArrived: Bool
    /// The delivery that it became.
    public var delivery: WebhookDeliveryID?
    /// The status that it was answered with; nil when it was not answered.
    public var status: Int?
    /// What went wrong.
    public var problem: String?

    /// Makes a value from its parts.
    public init(url: String, hasArrived: Bool, delivery: WebhookDeliveryID?, status: Int?, problem: String?) {
        self.url = url
        self.hasArrived = hasArrived
        self.delivery = delivery
        self.status = status
        self.problem = problem
    }
}
