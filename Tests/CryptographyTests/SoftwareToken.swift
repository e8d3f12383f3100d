import Cryptography
import Foundation
import TestSupport

/// A security key without the device: what it would sign, signed by openssl with a key in a file.
final class SoftwareToken {
    /// `TYPE KEY`, as a line of allowed signers ends.
    let publicKey: String
    private let type: String
    private let blob: [UInt8]
    private let directory: String
    private static let application = Array("ssh:".utf8)

    init(_ type: String) throws {
        self.type = type
        directory = NSTemporaryDirectory() + "ocuroot-token-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let isEd25519 = type.contains("ed25519")
        let algorithm =
            isEd25519 ? ["-algorithm", "ed25519"] : ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
        _ = try Self.openssl(["genpkey"] + algorithm + ["-out", directory + "/key"])
        let info = try Self.openssl(["pkey", "-in", directory + "/key", "-pubout", "-outform", "DER"])
        let key =
            isEd25519
            ? Self.string(Array(info.suffix(32)))
            : Self.string(Array("nistp256".utf8)) + Self.string(Array(info.suffix(65)))
        blob = Self.string(Array(type.utf8)) + key + Self.string(Self.application)
        publicKey = "\(type) \(Base64.encode(blob))"
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// A signature for git, in its binary form.
    func sign(_ message: [UInt8], flags: UInt8) throws -> [UInt8] {
        let head = Self.string(Array("git".utf8)) + Self.string([]) + Self.string(Array("sha256".utf8))
        let signed = Array("SSHSIG".utf8) + head + Self.string(try SHA256.digest(of: message).bytes)
        let counter: [UInt8] = [0, 0, 1, 2]
        let device =
            try SHA256.digest(of: Self.application).bytes + [flags] + counter + SHA256.digest(of: signed).bytes
        let file = directory + "/data"
        try Data(device).write(to: URL(fileURLWithPath: file))
        let isEd25519 = type.contains("ed25519")
        let raw = try Self.openssl(
            isEd25519
                ? ["pkeyutl", "-sign", "-rawin", "-inkey", directory + "/key", "-in", file]
                : ["dgst", "-sha256", "-sign", directory + "/key", file])
        let content = isEd25519 ? raw : Self.numbers(in: raw)
        let signature = Self.string(Array(type.utf8)) + Self.string(content) + [flags] + counter
        return Array("SSHSIG".utf8) + [0, 0, 0, 1] + Self.string(blob) + head + Self.string(signature)
    }

    /// Bytes behind their count, as ssh writes them.
    static func string(_ bytes: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) } + bytes
    }

    /// The two numbers of an ECDSA signature, from ASN.1 to ssh's form; both have fewer than 128 bytes.
    private static func numbers(in der: [UInt8]) -> [UInt8] {
        let r = Array(der[4..<(4 + Int(der[3]))])
        return string(r) + string(Array(der[(6 + r.count)...]))
    }

    private static func openssl(_ arguments: [String]) throws -> [UInt8] {
        try Tool.run("/usr/bin/openssl", arguments)
    }
}
