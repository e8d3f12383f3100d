import COpenSSL

/// Comparisons whose duration tells an attacker nothing about the secret compared with.
public enum ConstantTime {
    /// Whether both hold the same bytes; only their lengths may be learnt from the time it takes.
    ///
    /// See <https://docs.openssl.org/3.0/man3/CRYPTO_memcmp/>.
    public static func areEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        guard !left.isEmpty else { return true }
        return withContiguousBytes(of: left) { left in
            withContiguousBytes(of: right) { right in
                CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0
            }
        }
    }

    /// Whether both texts have the same UTF-8 bytes.
    public static func areEqual(_ left: String, _ right: String) -> Bool { areEqual(left.utf8, right.utf8) }
}
