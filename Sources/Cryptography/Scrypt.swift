import COpenSSL

/// scrypt (RFC 7914), which makes guessing passwords cost memory as well as time.
enum Scrypt {
    /// Derives `count` bytes.
    static func derive(
        password: [UInt8], salt: [UInt8], cost: ScryptCost, count: Int
    ) throws(CryptographyError) -> [UInt8] {
        var key = [UInt8](repeating: 0, count: count)
        let isDone = password.withUnsafeBytes { password in
            EVP_PBE_scrypt(
                password.baseAddress?.assumingMemoryBound(to: CChar.self), password.count, salt, salt.count,
                UInt64(1) << UInt64(cost.logN), UInt64(cost.blockSize), UInt64(cost.parallelism),
                cost.memoryBytesMax, &key, count) == 1
        }
        guard isDone else { throw .library("hash a password", subject: "scrypt with logN \(cost.logN)") }
        return key
    }
}
