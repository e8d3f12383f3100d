import Cryptography
import Foundation

/// Reads the file of an ssh private key, as text and with the bytes for what it holds.
enum KeyTarget {
    static func run(_ bytes: [UInt8]) {
        check(String(decoding: bytes, as: UTF8.self))
        let lines = Data(Array("openssh-key-v1\0".utf8) + bytes).base64EncodedString()
        check("-----BEGIN OPENSSH PRIVATE KEY-----\n\(lines)\n-----END OPENSSH PRIVATE KEY-----\n")
    }

    private static func check(_ text: String) {
        do throws(CryptographyError) {
            let facts = try SSHKeyFacts(privateKey: text)
            Finding.unless(facts == (try SSHKeyFacts(privateKey: text + "\n")), "read differently for an empty line")
            Finding.unless((facts.type == nil) == (facts.fingerprint == nil), "one fact without the other")
            guard let type = facts.type, let fingerprint = facts.fingerprint else { return }
            Finding.unless(
                (1...64).contains(type.utf8.count) && type.utf8.allSatisfy { (0x21...0x7E).contains($0) },
                "not fit to be shown: \(type)")
            Finding.unless(
                fingerprint.hasPrefix("SHA256:") && fingerprint.utf8.count == 50, "not a fingerprint: \(fingerprint)")
        } catch {
            Finding.unless(error.code == .invalidInput && !error.cause.isEmpty, "\(error)")
        }
    }
}
