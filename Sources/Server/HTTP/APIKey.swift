import Cryptography

/// The API key of this server, kept as a digest, compared in constant time.
struct APIKey: Sendable {
    private let digest: [UInt8]

    /// Keeps the key's digest.
    ///
    /// - Throws: when OpenSSL fails.
    init(_ text: String) throws(CryptographyError) {
        digest = try SHA256.digest(of: text).bytes
    }

    /// Whether `candidate` is the key; the time taken says nothing about how much of it is right.
    func matches(_ candidate: String) throws(CryptographyError) -> Bool {
        ConstantTime.areEqual(try SHA256.digest(of: candidate).bytes, digest)
    }
}
