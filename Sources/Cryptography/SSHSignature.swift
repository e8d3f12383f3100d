/// A signature as `ssh-keygen -Y sign` makes it, and git for commits.
///
/// See <https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig>.
public struct SSHSignature: Sendable, Hashable {
    /// Who made it, if it fits.
    public let key: SSHPublicKey
    /// What it is for: `git` for commits.
    public let namespace: String

    private let reserved: [UInt8]
    private let digest: SSHDigest
    private let signature: [UInt8]

    /// No signature is longer in its text form.
    public static let textBytesMax = 16_384

    private static let magic = Array("SSHSIG".utf8)
    private static let begin = "-----BEGIN SSH SIGNATURE-----"
    private static let end = "-----END SSH SIGNATURE-----"

    /// Reads the text form.
    ///
    /// - Throws: `invalidInput`, its cause a sentence about "it".
    public init(text: String) throws(CryptographyError) {
        guard text.utf8.count <= Self.textBytesMax else {
            throw Self.invalid("it has more than \(Self.textBytesMax) bytes")
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.first == Self.begin[...] else { throw Self.foreign(lines.first ?? "") }
        guard lines.count > 2, lines.last == Self.end[...],
            let bytes = Base64.decode(lines.dropFirst().dropLast().joined())
        else { throw Self.damaged }
        try self.init(bytes: bytes)
    }

    /// Reads what the text form holds.
    ///
    /// - Throws: `invalidInput`, its cause a sentence about "it".
    public init(bytes: [UInt8]) throws(CryptographyError) {
        guard bytes.starts(with: Self.magic) else { throw Self.damaged }
        var reader = SSHReader(bytes.dropFirst(Self.magic.count))
        guard let version = reader.number() else { throw Self.damaged }
        guard version == 1 else { throw Self.invalid("it has version \(version), and only version 1 is known") }
        guard let blob = reader.bytes(), let namespace = reader.name(), let reserved = reader.bytes(),
            let hash = reader.name(), let signature = reader.bytes(), reader.isAtEnd
        else { throw Self.damaged }
        guard let digest = SSHDigest(rawValue: hash), digest != .sha384 else {
            throw Self.invalid("it hashes with '\(hash.prefix(40))', and only sha256 and sha512 are allowed")
        }
        do throws(CryptographyError) {
            key = try SSHPublicKey(blob: blob)
        } catch {
            throw error.code == .invalidInput ? Self.invalid("its key cannot be used: \(error.cause)") : error
        }
        self.namespace = namespace
        self.reserved = reserved
        self.digest = digest
        self.signature = signature
    }

    /// Whether its key made it for these bytes.
    ///
    /// - Throws: `invalidInput`, its cause a sentence about "it", for one of another form than its key makes.
    public func fits(_ message: [UInt8]) throws(CryptographyError) -> Bool {
        let signed =
            Self.magic + SSHReader.string(Array(namespace.utf8)) + SSHReader.string(reserved)
            + SSHReader.string(Array(digest.rawValue.utf8)) + SSHReader.string(try digest.digest(of: message))
        return try key.accepts(signature, of: signed)
    }

    private static let damaged = invalid("it is damaged")

    private static func foreign(_ firstLine: Substring) -> CryptographyError {
        let kind =
            switch firstLine {
            case "-----BEGIN PGP SIGNATURE-----", "-----BEGIN PGP MESSAGE-----": "a PGP signature"
            case "-----BEGIN SIGNED MESSAGE-----": "an X.509 signature"
            default: "something else"
            }
        return invalid("it is \(kind), not an SSH signature")
    }

    private static func invalid(_ cause: String) -> CryptographyError {
        CryptographyError(code: .invalidInput, operation: "read an ssh signature", subject: "it", cause: cause)
    }
}
