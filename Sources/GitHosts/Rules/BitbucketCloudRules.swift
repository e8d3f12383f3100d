import Cryptography
import Foundation
import Model

/// Bitbucket Cloud: every ref of a push in one delivery.
///
/// See <https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/>.
enum BitbucketCloudRules: WebhookRules {
    static let signature = HexSignature(header: "x-hub-signature", prefix: "sha256=")

    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        try signature.refusal(of: request, secret: secret)
    }

    static func envelope(of request: WebhookRequest) -> WebhookHint {
        let event = request.plainHeader("x-event-key") ?? "unknown"
        let kind: WebhookDelivery.Kind = event == "repo:push" ? .push : event == GitHost.pingEvent ? .ping : .other
        return WebhookHint(kind, event: event, deliveryID: request.plainHeader("x-request-uuid"))
    }

    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        try JSONWalk.over(json) { walk throws(JSONWalk.Malformed) in
            try walk.object { key, walk throws(JSONWalk.Malformed) in
                switch key {
                case "push":
                    try walk.object { key, walk throws(JSONWalk.Malformed) in
                        guard key == "changes" else { return }
                        try walk.array { walk throws(JSONWalk.Malformed) in try change(&walk, into: &found) }
                    }
                case "repository": try repository(&walk, into: &found)
                case "actor":
                    try walk.object { key, walk throws(JSONWalk.Malformed) in
                        if key == "nickname" || key == "display_name" { found.name(pusher: try walk.string()) }
                    }
                default: break
                }
            }
        }
        hint = found
    }

    static func sign(
        _ request: inout WebhookRequest, event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) {
        request.headers["x-event-key"] = event
        request.headers["x-request-uuid"] = deliveryID
        try signature.sign(&request, secret: secret)
    }

    /// One end of a change; the whole is nil where there is no ref before or after it.
    private struct End {
        var type: String?
        var name: String?
        var hash: String?
    }

    private static func change(_ walk: inout JSONWalk, into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var old: End?
        var new: End?
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "old": old = try end(&walk)
            case "new": new = try end(&walk)
            default: break
            }
        }
        hint.add(
            new?.type ?? old?.type, named: new?.name ?? old?.name, old: old?.hash, new: new?.hash,
            isDeleted: new == nil)
    }

    private static func end(_ walk: inout JSONWalk) throws(JSONWalk.Malformed) -> End? {
        guard !walk.isNull else { return nil }
        var end = End()
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "type": end.type = try walk.string()
            case "name": end.name = try walk.string()
            case "target":
                try walk.object { key, walk throws(JSONWalk.Malformed) in
                    if key == "hash" { end.hash = try walk.string() }
                }
            default: break
            }
        }
        return end
    }

    private static func repository(
        _ walk: inout JSONWalk, into hint: inout WebhookHint
    ) throws(JSONWalk.Malformed) {
        var found = hint
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "full_name": found.add(repository: try walk.string())
            case "links":
                try walk.object { key, walk throws(JSONWalk.Malformed) in
                    guard key == "html" else { return }
                    try walk.object { key, walk throws(JSONWalk.Malformed) in
                        if key == "href" { found.add(repository: try walk.string()) }
                    }
                }
            default: break
            }
        }
        hint = found
    }
}
