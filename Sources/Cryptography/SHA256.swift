import COpenSSL

/// SHA-256 (FIPS 180-4), of a whole message or piece by piece.
///
/// Owns one OpenSSL digest context, freed when the value goes out of scope; not copyable for that reason.
/// See <https://docs.openssl.org/3.0/man3/EVP_DigestInit/>.
public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// Starts an empty message.
    ///
    /// - Throws: `libraryFailure` when OpenSSL cannot allocate or does not offer SHA-256.
    public init() throws(CryptographyError) {
        guard let context = EVP_MD_CTX_new() else { throw .library("start SHA-256", subject: "digest context") }
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            EVP_MD_CTX_free(context)
            throw .library("start SHA-256", subject: "digest context")
        }
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Appends `bytes` to the message; may be called any number of times.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) throws(CryptographyError) {
        guard EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1 else {
            throw .library("compute SHA-256", subject: "\(bytes.count) bytes")
        }
    }

    /// Appends `bytes` to the message; may be called any number of times.
    public mutating func update(_ bytes: some Collection<UInt8>) throws(CryptographyError) {
        let context = context
        let isDone = withContiguousBytes(of: bytes) { EVP_DigestUpdate(context, $0.baseAddress, $0.count) == 1 }
        guard isDone else { throw .library("compute SHA-256", subject: "\(bytes.count) bytes") }
    }

    /// Ends the message and gives its digest.
    public consuming func finalize() throws(CryptographyError) -> SHA256Digest {
        var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        guard EVP_DigestFinal_ex(context, &bytes, nil) == 1 else {
            throw .library("finish SHA-256", subject: "digest context")
        }
        return SHA256Digest(unchecked: bytes)
    }

    /// The digest of one whole message.
    public static func digest(of bytes: some Collection<UInt8>) throws(CryptographyError) -> SHA256Digest {
        var hash = try SHA256()
        try hash.update(bytes)
        return try hash.finalize()
    }

    /// The digest of a text's UTF-8 bytes.
    public static func digest(of text: String) throws(CryptographyError) -> SHA256Digest {
        try digest(of: text.utf8)
    }
}
