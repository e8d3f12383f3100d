/// AES-256-GCM (NIST SP 800-38D): secrecy and proof of origin under one key.
///
/// Sealed data is the nonce (12 random bytes), the ciphertext, which is as long as the plaintext, and the tag
/// (16 bytes). A random nonce is safe for 2^32 messages under one key.
public enum AES256GCM {
    /// How much longer sealed data is than the plaintext.
    public static let overheadBytes = nonceBytes + tagBytes
    /// The longest plaintext that one call seals.
    public static let plaintextBytesMax = 1 << 30

    static let nonceBytes = 12
    static let tagBytes = 16

    /// Encrypts `plaintext` so that only the same key with the same `associatedData` opens it again.
    ///
    /// - Parameter associatedData: what the plaintext belongs to, such as a secret's name and scope. It is not
    ///   part of the result: whoever opens it must know it.
    /// - Throws: `invalidInput` above ``plaintextBytesMax``, `libraryFailure` when OpenSSL cannot allocate.
    public static func seal(
        _ plaintext: some Collection<UInt8>, key: SymmetricKey, associatedData: some Collection<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        let nonce = try SecureRandom.bytes(nonceBytes)
        return try seal(Array(plaintext), key: key, associatedData: Array(associatedData), nonce: nonce)
    }

    /// Decrypts what ``seal(_:key:associatedData:)`` made.
    ///
    /// - Throws: `authenticationFailed` when the data was changed or cut, or sealed under another key or other
    ///   associated data; which of these it was cannot be known.
    public static func open(
        _ sealed: some Collection<UInt8>, key: SymmetricKey, associatedData: some Collection<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        let sealed = Array(sealed)
        guard sealed.count >= overheadBytes else { throw .notAuthentic(sealedBytes: sealed.count) }
        let cipher = try AESCipher(.open, key: key, nonce: Array(sealed.prefix(nonceBytes)))
        try cipher.authenticate(Array(associatedData))
        let plaintext = try cipher.update(Array(sealed[nonceBytes..<sealed.count - tagBytes]))
        guard try cipher.finishOpening(tag: Array(sealed.suffix(tagBytes))) else {
            throw .notAuthentic(sealedBytes: sealed.count)
        }
        return plaintext
    }

    /// Seals with a given nonce, which must never be used twice under one key.
    static func seal(
        _ plaintext: [UInt8], key: SymmetricKey, associatedData: [UInt8], nonce: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        guard plaintext.count <= plaintextBytesMax else {
            throw .init(
                code: .invalidInput, operation: "seal data", subject: "\(plaintext.count) bytes",
                cause: "at most \(plaintextBytesMax) bytes are sealed at once")
        }
        let cipher = try AESCipher(.seal, key: key, nonce: nonce)
        try cipher.authenticate(associatedData)
        let ciphertext = try cipher.update(plaintext)
        return nonce + ciphertext + (try cipher.finishSealing())
    }
}

extension CryptographyError {
    fileprivate static func notAuthentic(sealedBytes: Int) -> CryptographyError {
        .init(
            code: .authenticationFailed, operation: "open sealed data", subject: "\(sealedBytes) bytes",
            cause: "it was changed, or sealed under another key or for another purpose; check the master key")
    }
}
