import Cryptography
import Foundation
import Model

/// The signature of Standard Webhooks: over id, time and body, so that it cannot be used again later.
///
/// See <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>.
public enum StandardSignature {
    static let header = "webhook-signature"
    /// How far the sender's clock may be from ours.
    static let toleranceSeconds = 300.0

    private static let secretPrefix = "whsec_"
    private static let version = "v1,"
    /// How many signatures are looked at; a sender that changes its key sends two.
    private static let signaturesMax = 8

    static func secret(of key: [UInt8]) -> Secret {
        Secret(secretPrefix + Base64.encode(key))
    }

    static func refusal(
        of request: WebhookRequest, secret: Secret, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        guard let id = request.header("webhook-id"), let time = request.header("webhook-timestamp"),
            let signatures = request.header(header)
        else { return .unsigned }
        guard let seconds = Int64(time) else { return .wrong }
        let code = try code(id: id, time: time, body: request.body, secret: secret)
        let isSigned = signatures.split(separator: " ").prefix(signaturesMax).contains { signature in
            guard signature.hasPrefix(version),
                let claimed = Base64.decode(String(signature.dropFirst(version.count)))
            else { return false }
            return ConstantTime.areEqual(claimed, code)
        }
        guard isSigned else { return .wrong }
        return abs(now.timeIntervalSince1970 - Double(seconds)) <= toleranceSeconds ? nil : .stale
    }

    static func sign(
        _ request: inout WebhookRequest, deliveryID: String, secret: Secret, at now: Date
    ) throws(CryptographyError) {
        let headers = try headers(id: deliveryID, body: request.body, secret: secret, at: now)
        request.headers.merge(headers) { $1 }
    }

    /// The three headers that sign a body.
    ///
    /// - Parameters:
    ///   - id: the same for every attempt.
    ///   - secret: `whsec_` and the key in Base64.
    ///   - now: when it is sent; receivers refuse what is minutes old.
    public static func headers(
        id: String, body: [UInt8], secret: Secret, at now: Date
    ) throws(CryptographyError) -> [String: String] {
        let time = String(Int64(now.timeIntervalSince1970))
        let code = try code(id: id, time: time, body: body, secret: secret)
        return ["webhook-id": id, "webhook-timestamp": time, header: version + Base64.encode(code)]
    }

    private static func code(
        id: String, time: String, body: [UInt8], secret: Secret
    ) throws(CryptographyError) -> [UInt8] {
        try HMACSHA256.code(for: Array("\(id).\(time).".utf8) + body, key: key(of: secret)).bytes
    }

    /// The key that a secret stands for; a text in another form is the key itself.
    private static func key(of secret: Secret) -> [UInt8] {
        guard secret.text.hasPrefix(secretPrefix),
            let key = Base64.decode(String(secret.text.dropFirst(secretPrefix.count)))
        else { return Array(secret.text.utf8) }
        return key
    }
}
