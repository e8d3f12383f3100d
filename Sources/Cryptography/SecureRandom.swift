import COpenSSL

/// Randomness fit for keys and tokens, from OpenSSL's generator.
///
/// See <https://docs.openssl.org/3.0/man3/RAND_bytes/>.
public enum SecureRandom {
    /// The most bytes that one call gives.
    public static let byteCountMax = 1 << 20

    /// `count` random bytes, 0 to ``byteCountMax``.
    ///
    /// - Throws: `invalidInput` for another count, `libraryFailure` when the generator has no entropy.
    public static func bytes(_ count: Int) throws(CryptographyError) -> [UInt8] {
        guard (0...byteCountMax).contains(count) else {
            throw .init(
                code: .invalidInput, operation: "make random bytes", subject: "\(count) bytes",
                cause: "ask for 0 to \(byteCountMax)")
        }
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else {
            throw .library("make random bytes", subject: "\(count) bytes")
        }
        return bytes
    }

    /// A random token of letters, digits, `-` and `_`, which needs no escaping in URLs, headers or shells.
    ///
    /// - Parameter byteCount: how much randomness it holds; the default 32 bytes print as 43 characters.
    public static func token(byteCount: Int = 32) throws(CryptographyError) -> String {
        Base64.encode(try bytes(byteCount), as: .urlSafe)
    }
}
