import Cryptography
import Foundation
import Model

/// Anything else: Standard Webhooks' headers around a body of our own, as docs/webhooks.md says.
enum GenericRules: WebhookRules {
    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        try StandardSignature.refusal(of: request, secret: secret, at: now)
    }

    static func envelope(of request: WebhookRequest) -> WebhookHint {
        WebhookHint(.push, event: "push", deliveryID: request.plainHeader("webhook-id"))
    }

    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        var event: String?
        try JSONWalk.over(json) { walk throws(JSONWalk.Malformed) in
            try walk.object { key, walk throws(JSONWalk.Malformed) in
                switch key {
                case "event": event = try walk.string()
                case "repository": found.add(repository: try walk.string())
                case "pusher": found.name(pusher: try walk.string())
                case "refs":
                    try walk.array { walk throws(JSONWalk.Malformed) in
                        try found.addRef(in: &walk, ref: "ref", old: "old", new: "new")
                    }
                default: break
                }
            }
        }
        if let event {
            found.event = WebhookRequest.plain(event) ?? "unknown"
            found.kind = event == "push" ? .push : event == "ping" ? .ping : .other
        }
        hint = found
    }

    static func sign(
        _ request: inout WebhookRequest, event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) {
        try StandardSignature.sign(&request, deliveryID: deliveryID, secret: secret, at: now)
    }
}
