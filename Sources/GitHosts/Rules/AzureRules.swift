import Cryptography
import Foundation
import Model

/// Azure DevOps: the secret as a password of HTTP Basic, and everything else in the body.
///
/// See <https://learn.microsoft.com/en-us/azure/devops/service-hooks/services/webhooks> and
/// <https://learn.microsoft.com/en-us/azure/devops/service-hooks/events#git.push>.
enum AzureRules: WebhookRules {
    /// What people are told to enter; no name is wrong.
    static let userName = "ocuroot"

    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        guard let value = request.header("authorization"), let space = value.firstIndex(of: " ") else {
            return .unsigned
        }
        guard value[..<space].lowercased() == "basic",
            let bytes = Base64.decode(String(value[value.index(after: space)...])),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { return .wrong }
        return ConstantTime.areEqual(bytes[(colon + 1)...], secret.text.utf8) ? nil : .wrong
    }

    static func envelope(of request: WebhookRequest) -> WebhookHint {
        WebhookHint(.other, event: "unknown", deliveryID: nil)
    }

    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        var event: String?
        var subscription: String?
        var notification: Int64?
        var id: String?
        try JSONWalk.over(json) { walk throws(JSONWalk.Malformed) in
            try walk.object { key, walk throws(JSONWalk.Malformed) in
                switch key {
                case "eventType": event = try walk.string()
                case "subscriptionId": subscription = try walk.string()
                case "notificationId": notification = try walk.integer()
                case "id": id = try walk.string()
                case "resource": try resource(&walk, into: &found)
                default: break
                }
            }
        }
        found.event = event.flatMap(WebhookRequest.plain) ?? "unknown"
        found.kind = event == "git.push" ? .push : event == GitHost.pingEvent ? .ping : .other
        // The event keeps its id over all subscriptions, a notification its number when it is sent again.
        let parts = [subscription, notification.map(String.init), id].compactMap { $0 }
        let isNamed = id != nil || notification != nil
        found.deliveryID = isNamed ? WebhookRequest.plain(parts.joined(separator: "/")) : nil
        hint = found
    }

    static func sign(
        _ request: inout WebhookRequest, event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) {
        request.headers["authorization"] = "Basic " + Base64.encode(Array("\(userName):\(secret.text)".utf8))
    }

    private static func resource(_ walk: inout JSONWalk, into hint: inout WebhookHint) throws(JSONWalk.Malformed) {
        var found = hint
        try walk.object { key, walk throws(JSONWalk.Malformed) in
            switch key {
            case "refUpdates":
                try walk.array { walk throws(JSONWalk.Malformed) in
                    try found.addRef(in: &walk, ref: "name", old: "oldObjectId", new: "newObjectId")
                }
            case "repository":
                try walk.object { key, walk throws(JSONWalk.Malformed) in
                    switch key {
                    case "remoteUrl", "sshUrl", "webUrl": found.add(repository: try walk.string())
                    default: break
                    }
                }
            case "pushedBy":
                try walk.object { key, walk throws(JSONWalk.Malformed) in
                    if key == "displayName" || key == "uniqueName" { found.name(pusher: try walk.string()) }
                }
            default: break
            }
        }
        hint = found
    }
}
