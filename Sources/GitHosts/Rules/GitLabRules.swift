import Cryptography
import Foundation
import Model

/// GitLab: a token in a header, or, where it is new enough and set so, a signature.
///
/// See <https://docs.gitlab.com/user/project/integrations/webhooks/> and
/// <https://docs.gitlab.com/user/project/integrations/webhook_events/>.
enum GitLabRules: WebhookRules {
    /// A delivery that has a signature is judged by that alone.
    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        guard request.header(StandardSignature.header) == nil else {
            return try StandardSignature.refusal(of: request, secret: secret, at: now)
        }
        guard let token = request.header("x-gitlab-token") else { return .unsigned }
        return ConstantTime.areEqual(token, secret.text) ? nil : .wrong
    }

    static func envelope(of request: WebhookRequest) -> WebhookHint {
        let event = request.plainHeader("x-gitlab-event") ?? "unknown"
        return WebhookHint(
            kind(of: event), event: event,
            deliveryID: request.plainHeader("webhook-id", "idempotency-key", "x-gitlab-event-uuid"))
    }

    /// A system hook says in the body what it is; its `repository_update` lists several refs.
    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        var name: String?
        var ref: String?
        var before: String?
        var after: String?
        try JSONWalk.over(json) { walk throws(JSONWalk.Malformed) in
            try walk.object { key, walk throws(JSONWalk.Malformed) in
                switch key {
                case "object_kind", "event_name": name = try walk.string() ?? name
                case "ref": ref = try walk.string()
                case "before": before = try walk.string()
                case "after": after = try walk.string()
                case "changes":
                    try walk.array { walk throws(JSONWalk.Malformed) in
                        try found.addRef(in: &walk, ref: "ref", old: "before", new: "after")
                    }
                case "project", "repository": try project(&walk, into: &found)
                case "user_username", "user_name": found.name(pusher: try walk.string())
                default: break
                }
            }
        }
        if found.event == "System Hook", let name {
            found.kind = ["push", "tag_push", "repository_update"].contains(name) ? .push : .other
            found.event = WebhookRequest.plain("System Hook: \(name)") ?? found.event
        }
        if found.kind == .push { found.add(ref: ref, old: before, new: after) }
        hint = found
    }

    static func sign(
        _ request: inout WebhookRequest, event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) {
        request.headers["x-gitlab-event"] = event
        request.headers["idempotency-key"] = deliveryID
        try StandardSignature.sign(&request, deliveryID: deliveryID, secret: secret, at: now)
    }

    private static func kind(of event: String) -> WebhookDelivery.Kind {
        switch event {
        case "Push Hook", "Tag Push Hook": .push
        case GitHost.pingEvent: .ping
        default: .other
        }
    }

    private static func project(_ walk: inout JSONWalk, into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "path_with_namespace", "git_http_url", "git_ssh_url", "web_url":
                found.add(repository: try walk.string())
            default: break
            }
        }
        hint = found
    }
}
