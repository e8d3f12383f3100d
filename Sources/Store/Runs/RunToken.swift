import Cryptography

/// A bearer token of a Run: the text goes to the runner, only the hash is stored.
struct RunToken {
    let text: String
    let hash: [UInt8]

    /// Makes a random one.
    static func make() throws(StoreError) -> RunToken {
        do throws(CryptographyError) {
            return try RunToken(SecureRandom.token(byteCount: 32))
        } catch {
            throw StoreError(.unavailable, "token", "no random bytes could be had", cause: error)
        }
    }

    /// The hash that is compared with the stored one.
    static func hash(of text: String) throws(StoreError) -> [UInt8] {
        do throws(CryptographyError) {
            return try RunToken(text).hash
        } catch {
            throw StoreError(.unavailable, "token", "the token could not be hashed", cause: error)
        }
    }

    private init(_ text: String) throws(CryptographyError) {
        self.text = text
        hash = try SHA256.digest(of: text).bytes
    }
}
