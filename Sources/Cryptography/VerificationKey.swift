import COpenSSL

/// A public key as OpenSSL holds it, freed when the value goes out of scope.
///
/// See <https://docs.openssl.org/3.0/man3/EVP_DigestVerifyInit/>.
struct VerificationKey: ~Copyable {
    private let pointer: OpaquePointer

    /// Reads a SubjectPublicKeyInfo; nil for what is no key, such as a point that is not on its curve.
    init?(info: [UInt8]) {
        defer { ERR_clear_error() }
        let pointer = info.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_PUBKEY(nil, &position, buffer.count)
        }
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    /// Whether a signature in OpenSSL's form fits the bytes; one that is malformed does not.
    ///
    /// - Parameter digest: nil for Ed25519, which has its own.
    func accepts(_ signature: [UInt8], of bytes: [UInt8], digest: SSHDigest?) throws(CryptographyError) -> Bool {
        guard let context = EVP_MD_CTX_new() else { throw .library("check a signature", subject: "digest context") }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        guard EVP_DigestVerifyInit(context, nil, digest?.algorithm, nil, pointer) == 1 else {
            throw .library("check a signature", subject: "digest context")
        }
        return EVP_DigestVerify(context, signature, signature.count, bytes, bytes.count) == 1
    }
}
