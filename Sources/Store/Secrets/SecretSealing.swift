import Cryptography
import Model

/// Seals what the database must not hold in the clear, and opens it again.
public struct SecretSealing: Sendable {
    private let keys: KeyRing?

    /// Takes the master keys; without them everything throws ``StoreError/Code/noMasterKey``.
    public init(_ keys: KeyRing?) {
        self.keys = keys
    }

    /// Whether there is a master key.
    var isAvailable: Bool { keys != nil }

    /// The bytes to store of a secret.
    ///
    /// - Parameter purpose: what the secret is and whose, such as `webhook secret of o12`; it opens for no other.
    func seal(_ secret: Secret, for purpose: String) throws(StoreError) -> [UInt8] {
        let keys = try available(purpose)
        do throws(CryptographyError) {
            return try keys.seal(secret.text.utf8, for: purpose)
        } catch {
            throw StoreError(.unavailable, "seal", subject: purpose, "a secret could not be sealed", cause: error)
        }
    }

    /// The secret that was stored.
    func open(_ sealed: [UInt8], for purpose: String) throws(StoreError) -> Secret {
        let keys = try available(purpose)
        do throws(CryptographyError) {
            return Secret(String(decoding: try keys.open(sealed, for: purpose), as: UTF8.self))
        } catch {
            throw StoreError(
                error.code == .unknownKey ? .noMasterKey : .corrupted, "open", subject: purpose,
                "a stored secret cannot be opened", cause: error)
        }
    }

    /// What to store instead, sealed under the key that seals now; nil if it is already.
    func resealed(_ sealed: [UInt8], for purpose: String) throws(StoreError) -> [UInt8]? {
        if try available(purpose).isCurrent(sealed) { return nil }
        return try seal(try open(sealed, for: purpose), for: purpose)
    }

    private func available(_ purpose: String) throws(StoreError) -> KeyRing {
        if let keys { return keys }
        throw StoreError(
            .noMasterKey, "use a secret", subject: purpose,
            "this server has no master key to keep secrets under: start it with OCUROOT_MASTER_KEY, or with "
                + "--master-key-file; make a key with `openssl rand -hex 32`")
    }
}
