import Foundation
import Model

/// The answer to `GET /api/v1/webhooks`.
public struct WebhookList: Sendable, Codable {
    /// A webhook, where it is reached, and how it fares.
    public struct Entry: Sendable, Codable {
        /// The repo's name.
        public var name: RepoName
        /// The webhook's address.
        public var url: String
        /// The webhook.
        public var webhook: Webhook

        /// Makes a value from its parts.
        public init(name: RepoName, url: String, webhook: Webhook) {
            self.name = name
            self.url = url
            self.webhook = webhook
        }
    }

    /// The webhooks, in order of the repos.
    public var webhooks: [Entry]
    /// The newest deliveries, the newest first.
    public var deliveries: [WebhookDelivery]

    /// Makes a value from its parts.
    public init(webhooks: [Entry], deliveries: [WebhookDelivery]) {
        self.webhooks = webhooks
        self.deliveries = deliveries
    }
}
