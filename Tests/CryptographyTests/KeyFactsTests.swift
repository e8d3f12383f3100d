import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct KeyFactsTests {
    private func key(_ arguments: [String]) throws -> (text: String, fingerprint: String) {
        let directory = NSTemporaryDirectory() + "ocuroot-key-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try Tool.run("/usr/bin/ssh-keygen", ["-q", "-f", directory + "/key"] + arguments)
        let line = String(
            decoding: try Tool.run("/usr/bin/ssh-keygen", ["-l", "-f", directory + "/key.pub"]), as: UTF8.self)
        return (
            try String(contentsOfFile: directory + "/key", encoding: .utf8), String(line.split(separator: " ")[1])
        )
    }

    @Test(arguments: [("ed25519", "ssh-ed25519"), ("ecdsa", "ecdsa-sha2-nistp256"), ("rsa", "ssh-rsa")])
    func `an ssh key tells its kind and fingerprint without being opened`(kind: String, type: String) throws {
        for passphrase in ["", "open sesame"] {
            let key = try key(["-t", kind, "-N", passphrase])
            let facts = try SSHKeyFacts(privateKey: key.text)
            #expect(facts.type == type && facts.fingerprint == key.fingerprint)
            #expect(facts.isEncrypted == !passphrase.isEmpty)
        }
        let pem = try SSHKeyFacts(privateKey: try key(["-t", "rsa", "-m", "PEM", "-N", "open sesame"]).text)
        #expect(pem.isEncrypted && pem.fingerprint == nil)
    }

    @Test func `what is no private key is refused, also cut at any byte`() throws {
        let text = try key(["-t", "ed25519", "-N", ""]).text
        #expect(throws: CryptographyError.self) { try SSHKeyFacts(privateKey: "ssh-ed25519 AAAA me") }
        for count in stride(from: 0, to: text.count - 2, by: 7) {
            #expect(throws: CryptographyError.self) { try SSHKeyFacts(privateKey: String(text.prefix(count))) }
        }
    }

    @Test(arguments: ["ssh-\u{1B}[2J", "ssh ed25519", "", String(repeating: "x", count: 65)])
    func `a key whose kind is not fit to be shown is refused`(kind: String) {
        func field(_ bytes: [UInt8]) -> [UInt8] {
            withUnsafeBytes(of: UInt32(bytes.count).bigEndian, Array.init) + bytes
        }
        let none = field(Array("none".utf8))
        let key = field(field(Array(kind.utf8)) + field([1]))
        let bytes = Array("openssh-key-v1\0".utf8) + none + none + field([]) + [0, 0, 0, 1] + key
        let lines = ["BEGIN", Data(bytes).base64EncodedString(), "END"]
        let text = lines.map { $0.count < 6 ? "-----\($0) OPENSSH PRIVATE KEY-----" : $0 }.joined(separator: "\n")
        let error = #expect(throws: CryptographyError.self) { try SSHKeyFacts(privateKey: text) }
        #expect(error?.cause == "its public half is damaged")
    }

    @Test func `a certificate tells whose it is and when it ends, and takes its own key only`() throws {
        let directory = NSTemporaryDirectory() + "ocuroot-certificate-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for name in ["a", "b"] {
            try Tool.run(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "2", "-subj",
                    "/O=Acme/CN=\(name)", "-passout", "pass:sesame", "-keyout", "\(directory)/\(name).key", "-out",
                    "\(directory)/\(name).pem",
                ])
        }
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
        }
        let facts = try CertificateFacts(certificates: text("a.pem"), privateKey: text("a.key"), passphrase: "sesame")
        #expect(facts.subject == "O=Acme, CN=a")
        #expect(abs(facts.expiresAt.timeIntervalSinceNow - 2 * 86_400) < 600)
        for (key, passphrase) in [("b.key", "sesame"), ("a.key", "wrong"), ("a.key", nil), ("a.pem", nil)] {
            #expect(throws: CryptographyError.self) {
                try CertificateFacts(certificates: text("a.pem"), privateKey: text(key), passphrase: passphrase)
            }
        }
    }
}
