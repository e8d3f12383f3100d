import Foundation
import Model

/// What a program is sent: `{"type", "timestamp", "data"}`, as Standard Webhooks recommends.
struct WebhookBody: Encodable {
    let type: String
    let timestamp: Date
    let data: EventFacts
    /// Where a person sees more; nil when the server has no public address.
    let link: String?

    init(_ event: EventFacts, link: String?) {
        type = event.kind
        timestamp = event.at
        data = event
        self.link = link
    }
}
