import Cryptography
import Foundation
import Model

/// Bitbucket Data Center: every ref of a push in one delivery, under full names.
///
/// See <https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html>.
enum BitbucketDataCenterRules: WebhookRules {
    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        try BitbucketCloudRules.signature.refusal(of: request, secret: secret)
    }

    static func envelope(of request: WebhookRequest) -> WebhookHint {
        let event = request.plainHeader("x-event-key") ?? "unknown"
        return WebhookHint(kind(of: event), event: event, deliveryID: request.plainHeader("x-request-id"))
    }

    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        try JSONWalk.over(json) { walk throws(JSONWalk.Malformed) in
            try walk.object { key, walk throws(JSONWalk.Malformed) in
                switch key {
                case "changes": try walk.array { walk throws(JSONWalk.Malformed) in try change(&walk, into: &found) }
                case "repository": try repository(&walk, into: &found)
                case "actor":
                    try walk.object { key, walk throws(JSONWalk.Malformed) in
                        if key == "name" { found.name(pusher: try walk.string()) }
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
        request.headers["x-request-id"] = deliveryID
        try BitbucketCloudRules.signature.sign(&request, secret: secret)
    }

    private static func kind(of event: String) -> WebhookDelivery.Kind {
        switch event {
        case "repo:refs_changed", "mirror:repo_synchronized": .push
        case "diagnostics:ping": .ping
        default: .other
        }
    }

    private static func change(_ walk: inout JSONWalk, into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var ref: String?
        var old: String?
        var new: String?
        var type: String?
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "refId": ref = try walk.string()
            case "fromHash": old = try walk.string()
            case "toHash": new = try walk.string()
            case "type": type = try walk.string()
            default: break
            }
        }
        hint.add(ref: ref, old: old, new: new, isDeleted: type == "DELETE")
    }

    private static func repository(
        _ walk: inout JSONWalk, into hint: inout WebhookHint
    ) throws(JSONWalk.Malformed) {
        var found = hint
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            guard key == "links" else { return }
            try walk.object { _, walk throws(JSONWalk.Malformed) in
                try walk.array { walk throws(JSONWalk.Malformed) in
                    try walk.object { key, walk throws(JSONWalk.Malformed) in
                        if key == "href" { found.add(repository: try walk.string()) }
                    }
                }
            }
        }
        hint = found
    }
}
