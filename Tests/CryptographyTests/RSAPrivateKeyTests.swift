import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct RSAPrivateKeyTests {
    private let directory = NSTemporaryDirectory() + "ocuroot-rsa-" + UUID().uuidString

    private func with(_ body: (String) throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try body(directory + "/key.pem")
    }

    @discardableResult
    private func openssl(_ arguments: String...) throws -> [UInt8] {
        try Tool.run("/usr/bin/openssl", arguments)
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test(arguments: [["-traditional"], []])
    func `what it signs is verified with the public key, in both forms of its file`(form: [String]) throws {
        try with { path in
            try Tool.run("/usr/bin/openssl", ["genrsa"] + form + ["-out", path])
            #expect(try text(path).contains("BEGIN RSA") == !form.isEmpty)
            let key = try RSAPrivateKey(pem: try text(path))
            let message = Array("header.claims".utf8)
            try Data(message).write(to: URL(fileURLWithPath: path + ".message"))
            try Data(try key.signature(of: message)).write(to: URL(fileURLWithPath: path + ".signature"))
            try openssl("rsa", "-in", path, "-pubout", "-out", path + ".public")
            let verified = try openssl(
                "dgst", "-sha256", "-verify", path + ".public", "-signature", path + ".signature", path + ".message")
            #expect(String(decoding: verified, as: UTF8.self) == "Verified OK\n")
            let encoded = try openssl("rsa", "-in", path, "-pubout", "-outform", "DER")
            let fingerprint = "SHA256:" + Base64.encode(try SHA256.digest(of: encoded).bytes)
            #expect(try key.fingerprint() == fingerprint)
        }
    }

    @Test func `a key of another kind, a short, an encrypted and a damaged one are refused by a sentence`() throws {
        func refusal(_ pem: String) -> String {
            do throws(CryptographyError) {
                _ = try RSAPrivateKey(pem: pem)
                return ""
            } catch {
                #expect(error.code == .invalidInput)
                return error.cause
            }
        }
        try with { path in
            try openssl("genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
            #expect(refusal(try text(path)).contains("no RSA key"))
            try openssl("genrsa", "-out", path, "1024")
            #expect(refusal(try text(path)).contains("1024 bits"))
            try openssl("genrsa", "-out", path, "2048")
            let whole = try text(path)
            for count in [0, 1, 30, whole.count / 2, whole.count - 10] {
                #expect(refusal(String(whole.prefix(count))).contains("PEM"))
            }
            try openssl("rsa", "-in", path, "-aes128", "-passout", "pass:sesame", "-out", path + ".sealed")
            #expect(refusal(try text(path + ".sealed")).contains("passphrase"))
            try openssl("rsa", "-in", path, "-pubout", "-out", path + ".public")
            #expect(refusal(try text(path + ".public")).contains("PEM"))
        }
    }
}
