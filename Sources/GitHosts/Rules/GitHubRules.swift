import Cryptography
import Foundation
import Model

/// GitHub: one ref a delivery.
///
/// See <https://docs.github.com/en/webhooks/webhook-events-and-payloads>.
enum GitHubRules: WebhookRules {
    private static let signature = HexSignature(header: "x-hub-signature-256", prefix: "sha256=")

    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        try signature.refusal(of: request, secret: secret)
    }

    static func envelope(of request: WebhookRequest) -> WebhookHint {
        let event = request.plainHeader("x-github-event") ?? "unknown"
        return WebhookHint(kind(of: event), event: event, deliveryID: request.plainHeader("x-github-delivery"))
    }

    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        try CommonPayload.read(json, into: &hint)
    }

    static func sign(
        _ request: inout WebhookRequest, event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) {
        request.headers["x-github-event"] = event
        request.headers["x-github-delivery"] = deliveryID
        try signature.sign(&request, secret: secret)
    }

    private static func kind(of event: String) -> WebhookDelivery.Kind {
        switch event {
        case "push", "create", "delete": .push
        case "ping": .ping
        default: .other
        }
    }
}
