import COpenSSL

/// An RSA key that signs with SHA-256 and PKCS #1 v1.5: `RS256` of JSON Web Signature (RFC 7518, 3.3).
///
/// Owns one OpenSSL key, freed when the value goes out of scope; not copyable for that reason.
/// See <https://docs.openssl.org/3.0/man3/EVP_DigestSignInit/>.
public struct RSAPrivateKey: ~Copyable {
    /// Shorter keys are refused: RFC 7518 asks for as many bits.
    public static let bitsMin = 2048

    private let key: OpaquePointer

    /// Reads a key in PEM form, PKCS #1 or PKCS #8, without a passphrase.
    ///
    /// - Throws: `invalidInput` for anything else, a key of another kind or a short one among it.
    public init(pem: String) throws(CryptographyError) {
        guard let found = PEM.privateKey(pem, passphrase: nil) else {
            throw Self.invalid("it is no private key in PEM form, or it has a passphrase, which cannot be given here")
        }
        guard EVP_PKEY_is_a(found, "RSA") == 1 else {
            EVP_PKEY_free(found)
            throw Self.invalid("it is no RSA key")
        }
        guard EVP_PKEY_get_bits(found) >= Int32(Self.bitsMin) else {
            let bits = EVP_PKEY_get_bits(found)
            EVP_PKEY_free(found)
            throw Self.invalid("it has \(bits) bits, fewer than \(Self.bitsMin)")
        }
        key = found
    }

    deinit { EVP_PKEY_free(key) }

    /// The signature of a message.
    ///
    /// - Throws: `libraryFailure` when OpenSSL refuses, as with a damaged key.
    public func signature(of message: some Collection<UInt8>) throws(CryptographyError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw .library("sign with RSA", subject: "digest context") }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Int(EVP_PKEY_get_size(key)))
        var count = signature.count
        let key = key
        let isDone = withContiguousBytes(of: message) { bytes in
            EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1
                && EVP_DigestSign(
                    context, &signature, &count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
                    == 1
        }
        guard isDone else { throw .library("sign with RSA", subject: "\(message.count) bytes") }
        return Array(signature.prefix(count))
    }

    /// `SHA256:` and the digest of the public key, as GitHub shows it beside the keys of an App.
    ///
    /// - Throws: `libraryFailure` when OpenSSL cannot allocate.
    public func fingerprint() throws(CryptographyError) -> String {
        var bytes: UnsafeMutablePointer<UInt8>?
        let count = i2d_PUBKEY(key, &bytes)
        guard count > 0, let bytes else { throw .library("write a public key", subject: "RSA") }
        defer { CRYPTO_free(bytes, "", 0) }
        let encoded = UnsafeBufferPointer(start: bytes, count: Int(count))
        return "SHA256:" + Base64.encode(try SHA256.digest(of: Array(encoded)).bytes)
    }

    private static func invalid(_ cause: String) -> CryptographyError {
        CryptographyError(
            code: .invalidInput, operation: "read an RSA key", subject: "the private key", cause: cause)
    }
}
