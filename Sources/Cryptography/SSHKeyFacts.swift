/// What the file of an ssh private key shows without being opened.
public struct SSHKeyFacts: Sendable, Equatable {
    /// Its kind, such as `ssh-ed25519`; nil in the older PEM form, which hides it.
    public let type: String?
    /// `SHA256:` and the digest of the public key, as ssh-keygen shows it; nil in the PEM form.
    public let fingerprint: String?
    /// Whether a passphrase is needed.
    public let isEncrypted: Bool

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
        var rest = bytes[Self.magic.count...]
        guard let cipher = Self.string(&rest), Self.string(&rest) != nil, Self.string(&rest) != nil,
            Self.number(&rest) == 1, let key = Self.string(&rest)
        else { throw Self.invalid("it is cut short, or holds several keys") }
        var inner = key
        guard let kind = Self.string(&inner) else { throw Self.invalid("its public half is damaged") }
        isEncrypted = !cipher.elementsEqual("none".utf8)
        type = String(decoding: kind, as: UTF8.self)
        fingerprint = "SHA256:" + Base64.encode(try SHA256.digest(of: key).bytes, as: .unpadded)
    }

    private static func number(_ rest: inout ArraySlice<UInt8>) -> Int? {
        guard rest.count >= 4 else { return nil }
        defer { rest = rest.dropFirst(4) }
        return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }

    private static func string(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let count = number(&rest), count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func invalid(_ cause: String) -> CryptographyError {
        CryptographyError(code: .invalidInput, operation: "read an ssh key", subject: "the private key", cause: cause)
    }
}
