/// What the file of an ssh private key shows without being opened.
public struct SSHKeyFacts: Sendable, Equatable {
    /// Its kind, such as `ssh-ed25519`; nil in the older PEM form, which hides it.
    public let type: String?
    /// `SHA256:` and the digest of the public key, as ssh-keygen shows it; nil in the PEM form.
    public let fingerprint: String?
    /// Whether a passphrase is needed.
    public let isEncrypted: Bool

    private static let typeBytesMax = 64
    private static let magic = Array("openssh-key-v1\0".utf8)

    /// Reads a private key in OpenSSH's or in PEM form.
    ///
    /// - Throws: `invalidInput` for anything else, a public key among it.
    public init(privateKey: String) throws(CryptographyError) {
        let lines = privateKey.split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
        guard let first = lines.first, first.hasPrefix("-----BEGIN "), first.contains("PRIVATE KEY-----"),
            let last = lines.last, last == first.replacing("-----BEGIN ", with: "-----END ")
        else { throw Self.invalid("it does not begin and end as a private key does") }
        guard first.contains("OPENSSH") else {
            (type, fingerprint) = (nil, nil)
            isEncrypted = first.contains("ENCRYPTED") || lines.contains { $0.hasPrefix("Proc-Type: 4,ENCRYPTED") }
            return
        }
        guard let bytes = Base64.decode(lines.dropFirst().dropLast().joined()), bytes.starts(with: Self.magic) else {
            throw Self.invalid("what is between its first and its last line is damaged")
        }
        // https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
        var reader = SSHReader(bytes[Self.magic.count...])
        guard let cipher = reader.bytes(), reader.bytes() != nil, reader.bytes() != nil, reader.number() == 1,
            let key = reader.bytes()
        else { throw Self.invalid("it is cut short, or holds several keys") }
        var inner = SSHReader(key)
        guard let kind = inner.name(), kind.utf8.count <= Self.typeBytesMax else {
            throw Self.invalid("its public half is damaged")
        }
        isEncrypted = !cipher.elementsEqual("none".utf8)
        type = kind
        fingerprint = try SSHPublicKey.fingerprint(of: key)
    }

    private static func invalid(_ cause: String) -> CryptographyError {
        CryptographyError(code: .invalidInput, operation: "read an ssh key", subject: "the private key", cause: cause)
    }
}
