import Cryptography
import Foundation
import Model

/// What one host publishes about its webhooks.
protocol WebhookRules {
    /// Why a delivery was not signed with the secret; nil when it was.
    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal?

    /// What the headers say.
    static func envelope(of request: WebhookRequest) -> WebhookHint

    /// Adds what the body says.
    static func read(_ json: [UInt8], into hint: inout WebhookHint) throws(JSONWalk.Malformed)

    /// Adds the headers that the host sends.
    static func sign(
        _ request: inout WebhookRequest, event: String, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError)
}
