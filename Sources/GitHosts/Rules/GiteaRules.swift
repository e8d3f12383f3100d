import Cryptography
import Foundation
import Model

/// Gitea and Forgejo: GitHub's payloads under headers of their own.
///
/// See <https://docs.gitea.com/usage/webhooks> and <https://forgejo.org/docs/latest/user/webhooks/>.
enum GiteaRules: WebhookRules {
    private static let forgejo = HexSignature(header: "x-forgejo-signature", prefix: "")
    private static let gitea = HexSignature(header: "x-gitea-signature", prefix: "")

    /// Forgejo sends both headers; its own is the one that counts then.
    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        let signature = request.header(forgejo.header) == nil ? gitea : forgejo
        return try signature.refusal(of: request, secret: secret)
    }

    static func envelope(of request: WebhookRequest) -> WebhookHint {
        let event = request.plainHeader("x-forgejo-event", "x-gitea-event") ?? "unknown"
        return WebhookHint(
            kind(of: event), event: event,
            deliveryID: request.plainHeader("x-forgejo-delivery", "x-gitea-delivery"))
    }

    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        try CommonPayload.read(json, into: &hint)
    }

    static func sign(
        _ request: inout WebhookRequest, event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) {
        request.headers["x-gitea-event"] = event
        request.headers["x-gitea-delivery"] = deliveryID
        try gitea.sign(&request, secret: secret)
    }

    private static func kind(of event: String) -> WebhookDelivery.Kind {
        switch event {
        case "push", "create", "delete": .push
        case GitHost.pingEvent: .ping
        default: .other
        }
    }
}
