import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct SSHSignatureTests {
    private static let message = Array("tree 1\n\nOcuroot-Pin: api@production=11\n".utf8)

    private static func bytes(of text: String) throws -> [UInt8] {
        try #require(Base64.decode(text.split(separator: "\n").dropFirst().dropLast().joined()))
    }

    /// Whether a signature is taken for one that fits; whatever is wrong with it, nothing traps.
    private static func isAccepted(_ bytes: [UInt8], _ message: [UInt8] = message) -> Bool {
        (try? SSHSignature(bytes: bytes).fits(message)) ?? false
    }

    @Test(arguments: [
        ("ed25519", nil), ("ecdsa", 256), ("ecdsa", 384), ("ecdsa", 521), ("rsa", 2048), ("rsa", 3072),
    ])
    func `what ssh-keygen signs is accepted, and nothing that differs from it`(type: String, bits: Int?) throws {
        let key = try SigningKey(type, bits: bits)
        for hash in ["sha256", "sha512"] {
            let text = try key.sign(Self.message, ["-O", "hashalg=\(hash)"])
            let signature = try SSHSignature(text: text)
            #expect(signature.namespace == "git")
            #expect(try signature.key.fingerprint == key.fingerprint())
            #expect(try signature.fits(Self.message))
            #expect(try !signature.fits(Self.message + [10]))
            #expect(try !signature.fits([]))
            let bytes = try Self.bytes(of: text)
            #expect(Self.isAccepted(bytes))
            for position in bytes.indices {
                var altered = bytes
                altered[position] ^= 1 << UInt8(position % 8)
                #expect(!Self.isAccepted(altered), "byte \(position)")
            }
            for count in stride(from: 0, to: bytes.count, by: 3) {
                #expect(!Self.isAccepted(Array(bytes.prefix(count))), "cut after \(count) bytes")
            }
            #expect(!Self.isAccepted(bytes + [0]))
        }
    }

    @Test func `a signature does not fit with another key's in its place`() throws {
        let (ann, eve) = (try SigningKey(), try SigningKey())
        let blobs = try [ann, eve].map { key in
            try #require(Base64.decode(String(key.publicKey.split(separator: " ")[1])))
        }
        let bytes = try Self.bytes(of: try eve.sign(Self.message))
        let start = try #require(bytes.firstRange(of: blobs[1])).lowerBound
        #expect(Self.isAccepted(bytes))
        #expect(!Self.isAccepted(Array(bytes[..<start]) + blobs[0] + bytes[(start + blobs[1].count)...]))
    }

    @Test func `a signature for another namespace says so, and does not fit once that is altered`() throws {
        let bytes = try Self.bytes(of: try SigningKey().sign(Self.message, namespace: "got"))
        #expect(try SSHSignature(bytes: bytes).namespace == "got")
        let start = try #require(bytes.firstRange(of: Array("got".utf8))).lowerBound
        var altered = bytes
        altered[start + 1] = UInt8(ascii: "i")
        #expect(try SSHSignature(bytes: altered).namespace == "git")
        #expect(!Self.isAccepted(altered))
    }

    @Test(arguments: ["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"])
    func `a security key's signature is accepted, but not without a touch`(type: String) throws {
        let key = try SoftwareToken(type)
        for (flags, isTouched) in [(UInt8(1), true), (5, true), (0, false), (4, false)] {
            let bytes = try key.sign(Self.message, flags: flags)
            #expect(Self.isAccepted(bytes) == isTouched)
            #expect(!Self.isAccepted(bytes, Self.message + [10]))
            // The token is one only if ssh-keygen says so, too.
            let text = """
                -----BEGIN SSH SIGNATURE-----
                \(Base64.encode(bytes))
                -----END SSH SIGNATURE-----

                """
            #expect(
                try SigningKey.principal(
                    of: text, message: Self.message, allowedSigners: "ann \(key.publicKey)\n") == "ann")
            for position in bytes.indices where isTouched {
                var altered = bytes
                altered[position] ^= 1 << UInt8(position % 8)
                #expect(!Self.isAccepted(altered), "byte \(position)")
            }
        }
    }

    @Test func `what is no SSH signature says what it is`() throws {
        let good = try SigningKey().sign(Self.message)
        for (text, cause) in [
            ("-----BEGIN PGP SIGNATURE-----\n\nx\n-----END PGP SIGNATURE-----\n", "it is a PGP signature, not"),
            ("-----BEGIN SIGNED MESSAGE-----\nx\n-----END SIGNED MESSAGE-----", "it is an X.509 signature"),
            ("", "it is something else, not an SSH signature"), ("signed, ann", "it is something else"),
            (good.replacing("-----END", with: "-----ENDE"), "it is damaged"),
            (good.replacing("U1NIU0lH", with: "U1NIU0lI"), "it is damaged"),
            (good.replacing("U1NIU0lHAAAAAQ", with: "U1NIU0lHAAAAAg"), "it has version 2"),
            (good + String(repeating: "\n", count: SSHSignature.textBytesMax), "it has more than"),
        ] {
            let error = #expect(throws: CryptographyError.self) { try SSHSignature(text: text) }
            #expect(error?.cause.hasPrefix(cause) == true, "\(error?.cause ?? "")")
        }
    }

    @Test func `keys that prove too little are refused by name`() throws {
        let short = try SigningKey("rsa", bits: 1024)
        let error = #expect(throws: CryptographyError.self) { try SSHSignature(text: short.sign(Self.message)) }
        #expect(error?.cause == "its key cannot be used: rsa keys have 2048 to 16384 bits")
        for (type, cause) in [
            ("ssh-dss", "keys of the kind 'ssh-dss' are not supported"),
            ("ssh-ed25519-cert-v01@openssh.com", "it is a certificate"),
            ("webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "keys of the kind 'webauthn-sk"),
        ] {
            let blob = SoftwareToken.string(Array(type.utf8)) + SoftwareToken.string([1, 2, 3])
            let error = #expect(throws: CryptographyError.self) { try SSHPublicKey(blob: blob) }
            #expect(error?.cause.hasPrefix(cause) == true, "\(error?.cause ?? "")")
        }
    }

    @Test func `a signature made with SHA-1 is refused`() throws {
        let bytes = try Self.bytes(of: try SigningKey("rsa", bits: 2048).sign(Self.message))
        let format = SoftwareToken.string(Array("rsa-sha2-512".utf8))
        let range = try #require(bytes.firstRange(of: format))
        // The length of what holds the format stands before it.
        let inner = SoftwareToken.string(Array("ssh-rsa".utf8)) + bytes[range.upperBound...]
        let altered = Array(bytes[..<(range.lowerBound - 4)]) + SoftwareToken.string(inner)
        let error = #expect(throws: CryptographyError.self) { try SSHSignature(bytes: altered).fits(Self.message) }
        #expect(error?.cause == "it is made with SHA-1, which proves nothing any more")
    }
}
