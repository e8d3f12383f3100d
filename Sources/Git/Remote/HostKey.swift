import CLibGit2
import Foundation

/// The public key by which an ssh host is known.
public struct HostKey: Hashable, Sendable {
    /// Its kind as known_hosts writes it, such as `ssh-ed25519`.
    public let type: String
    /// `SHA256:` and the digest, as ssh shows it.
    public let fingerprint: String
    let bytes: [UInt8]

    /// Nil for a key that the library could not hand over.
    init?(_ library: git_cert_hostkey) {
        guard library.type.rawValue & GIT_CERT_SSH_RAW.rawValue != 0, let start = library.hostkey,
            library.type.rawValue & GIT_CERT_SSH_SHA256.rawValue != 0
        else { return nil }
        bytes = Array(UnsafeRawBufferPointer(start: start, count: library.hostkey_len))
        let digest = withUnsafeBytes(of: library.hash_sha256) { Data($0) }
        fingerprint = "SHA256:" + digest.base64EncodedString().prefix { $0 != "=" }
        // Every key begins with its type, behind its length in four bytes.
        guard bytes.count > 4 else { return nil }
        let length = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard (1...64).contains(length), bytes.count >= 4 + length else { return nil }
        type = String(decoding: bytes[4..<4 + length], as: UTF8.self)
    }

    /// The line of known_hosts that trusts the key for a host.
    public func knownHostsLine(host: String, port: Int?) -> String {
        let port = port ?? 22
        let name = port == 22 ? host.lowercased() : "[\(host.lowercased())]:\(port)"
        return "\(name) \(type) \(Data(bytes).base64EncodedString())"
    }
}
