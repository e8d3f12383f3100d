import COpenSSL

/// HMAC-SHA-256 (RFC 2104), which proves that a message was written by a holder of the key.
///
/// See <https://docs.openssl.org/3.0/man3/EVP_MAC/>.
public enum HMACSHA256 {
    /// The 32-byte code of `message` under `key`.
    ///
    /// - Parameter key: of any length; fewer than 32 bytes of randomness weaken it.
    /// - Throws: `libraryFailure` when OpenSSL cannot allocate.
    public static func code(
        for message: some Collection<UInt8>, key: some Collection<UInt8>
    ) throws(CryptographyError) -> SHA256Digest {
        var bytes = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
        let isDone = withContiguousBytes(of: key) { key in
            withContiguousBytes(of: message) { message in compute(message, key: key, into: &bytes) }
        }
        guard isDone else { throw .library("compute HMAC-SHA-256", subject: "\(message.count) bytes") }
        return SHA256Digest(unchecked: bytes)
    }

    /// Whether `code` is the code of `message` under `key`, in a time that does not depend on where they differ.
    public static func isValid(
        _ code: some Collection<UInt8>, for message: some Collection<UInt8>, key: some Collection<UInt8>
    ) throws(CryptographyError) -> Bool {
        ConstantTime.areEqual(code, try Self.code(for: message, key: key).bytes)
    }

    private static func compute(
        _ message: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, into code: inout [UInt8]
    ) -> Bool {
        // OpenSSL takes a null key to mean "keep the former key", so an empty key needs an address too.
        var empty: UInt8 = 0
        return withUnsafeBytes(of: &empty) { empty in
            let keyBytes = key.count == 0 ? empty.baseAddress : key.baseAddress
            var written = 0
            let capacity = code.count
            let result = EVP_Q_mac(
                nil, "HMAC", nil, "SHA256", nil, keyBytes, key.count,
                message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count, &code, capacity, &written)
            return result != nil && written == SHA256Digest.byteCount
        }
    }
}
