import Foundation
import Model

extension SecretSealing {
    /// What a credential is sealed for: it opens for no other prefix and kind.
    static func purpose(_ kind: CredentialKind, _ prefix: String) -> String { "\(kind.rawValue) for \(prefix)" }

    /// The bytes to store of a credential.
    func seal(_ form: CredentialForm, for prefix: String) throws(StoreError) -> [UInt8] {
        let purpose = Self.purpose(form.kind, prefix)
        guard let data = try? JSONText.encode(form) else {
            throw StoreError(.invalid, "keep a credential", subject: purpose, "it cannot be written as JSON")
        }
        return try seal(Secret(String(decoding: data, as: UTF8.self)), for: purpose)
    }

    /// The credential that was stored.
    func open(_ sealed: [UInt8], of stored: StoredCredential) throws(StoreError) -> OpenedCredential {
        let purpose = Self.purpose(stored.kind, stored.prefix)
        let text = try open(sealed, for: purpose).text
        guard let form = try? JSONText.decode(CredentialForm.self, from: Data(text.utf8)), form.kind == stored.kind
        else { throw StoreError(.corrupted, "open", subject: purpose, "a stored credential cannot be read") }
        return OpenedCredential(stored: stored, form: form)
    }
}
