import Cryptography
import Model

/// HMAC-SHA-256 over the raw body, in hexadecimal: what GitHub, Gitea and Bitbucket send.
struct HexSignature {
    /// The header, in lower case.
    let header: String
    /// What stands before the digits.
    let prefix: String

    func refusal(of request: WebhookRequest, secret: Secret) throws(CryptographyError) -> WebhookRefusal? {
        guard let value = request.header(header) else { return .unsigned }
        guard value.hasPrefix(prefix), let code = Hex.decode(String(value.dropFirst(prefix.count))) else {
            return .wrong
        }
        let isValid = try HMACSHA256.isValid(code, for: request.body, key: secret.text.utf8)
        return isValid ? nil : .wrong
    }

    func sign(_ request: inout WebhookRequest, secret: Secret) throws(CryptographyError) {
        request.headers[header] = prefix + (try HMACSHA256.code(for: request.body, key: secret.text.utf8).hex)
    }
}
