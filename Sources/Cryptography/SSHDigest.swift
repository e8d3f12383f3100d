import COpenSSL

/// The hashes that ssh signatures are made with; SHA-1 is none of them.
enum SSHDigest: String {
    case sha256, sha384, sha512

    /// OpenSSL's method, which lives as long as the process.
    var algorithm: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }

    /// The digest of one whole message.
    func digest(of bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard EVP_Digest(bytes, bytes.count, &digest, &count, algorithm, nil) == 1 else {
            throw .library("compute \(rawValue)", subject: "\(bytes.count) bytes")
        }
        return Array(digest.prefix(Int(count)))
    }
}
