import Cryptography

/// Reads a signature as text, as its bytes and as a commit's header: none fits what nobody signed.
enum SignatureTarget {
    static func run(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        check { () throws(CryptographyError) in try SSHSignature(text: text) }
        check { () throws(CryptographyError) in try SSHSignature(bytes: bytes) }
        if let decoded = Base64.decode(text.split(whereSeparator: \.isNewline).joined()) {
            check { () throws(CryptographyError) in try SSHSignature(bytes: decoded) }
        }
        guard let signature = CommitSignature(commit: bytes) else { return }
        Finding.unless(signature.content.count < bytes.count, "a signature of no bytes")
        let header = bytes.split(separator: 10, omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        Finding.unless(
            header.contains { $0.starts(with: "gpgsig ".utf8) }, "a signature that is not in the header")
    }

    private static func check(_ read: () throws(CryptographyError) -> SSHSignature) {
        do throws(CryptographyError) {
            let signature = try read()
            Finding.unless(
                try SSHPublicKey(blob: signature.key.blob) == signature.key, "a key that is read differently")
            Finding.unless(!signature.namespace.isEmpty, "a signature for nothing")
            Finding.unless(!(try signature.fits(Array("what nobody signed".utf8))), "a signature that nobody made fits")
        } catch {
            Finding.unless(error.code == .invalidInput, "\(error)")
            Finding.unless(!error.cause.isEmpty, "an error says something")
        }
    }
}
