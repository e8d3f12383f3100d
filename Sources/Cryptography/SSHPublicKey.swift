/// A public key of ssh: ed25519, ecdsa on NIST's curves, rsa of at least 2048 bits, and both kinds of security keys.
public struct SSHPublicKey: Sendable, Hashable {
    /// How it signs.
    enum Algorithm: Hashable {
        case ed25519
        case ecdsa(SSHCurve)
        case rsa(modulusBytes: Int)
    }

    /// Its kind, such as `ssh-ed25519`.
    public let type: String
    /// The key in ssh's binary form.
    public let blob: [UInt8]
    /// `SHA256:` and the digest of the key, as ssh-keygen shows it.
    public let fingerprint: String

    let algorithm: Algorithm
    /// What a security key signs for, such as `ssh:`; nil for a key that is no such device's.
    let application: [UInt8]?
    /// The key in X.509's form.
    let info: [UInt8]

    /// No key is longer in its binary form.
    public static let blobBytesMax = 4_096

    /// Reads the binary form.
    ///
    /// - Throws: `invalidInput`, its cause a sentence about "it", for certificates, kinds that are not supported, and
    ///   what is damaged.
    public init(blob: [UInt8]) throws(CryptographyError) {
        guard blob.count <= Self.blobBytesMax else { throw Self.invalid("it has more than \(Self.blobBytesMax) bytes") }
        var reader = SSHReader(blob)
        guard let type = reader.name() else { throw Self.invalid("it is damaged") }
        let parts = try Self.parts(of: type, &reader)
        let isSecurityKey = type.hasPrefix("sk-")
        let application = isSecurityKey ? reader.bytes() : nil
        guard reader.isAtEnd, !isSecurityKey || application != nil, VerificationKey(info: parts.info) != nil else {
            throw Self.invalid("it is damaged")
        }
        self.type = type
        self.blob = blob
        self.application = application
        (algorithm, info) = parts
        fingerprint = try Self.fingerprint(of: blob)
    }

    /// The key as a line of a file has it: its kind, a space, and its binary form in Base64.
    public var text: String { "\(type) \(Base64.encode(blob))" }

    static func fingerprint(of blob: [UInt8]) throws(CryptographyError) -> String {
        "SHA256:" + Base64.encode(try SHA256.digest(of: blob).bytes, as: .unpadded)
    }

    private static func parts(
        of type: String, _ reader: inout SSHReader
    ) throws(CryptographyError) -> (algorithm: Algorithm, info: [UInt8]) {
        switch type {
        case "ssh-ed25519", "sk-ssh-ed25519@openssh.com":
            guard let point = reader.bytes(), point.count == 32 else { throw invalid("it is damaged") }
            let ed25519 = DER.sequence(DER.objectIdentifier([0x2B, 0x65, 0x70]))
            return (.ed25519, DER.sequence(ed25519, DER.bitString(point)))
        case "ssh-rsa":
            guard let exponent = reader.positiveInteger(), let modulus = reader.positiveInteger() else {
                throw invalid("it is damaged")
            }
            guard (256...2_048).contains(modulus.count), exponent.count <= 8 else {
                throw invalid("rsa keys have 2048 to 16384 bits")
            }
            let rsa = DER.objectIdentifier([0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01])
            let key = DER.sequence(DER.integer(modulus), DER.integer(exponent))
            return (.rsa(modulusBytes: modulus.count), DER.sequence(DER.sequence(rsa, DER.null), DER.bitString(key)))
        default:
            guard let curve = SSHCurve(keyType: type) else { throw unsupported(type) }
            guard reader.name() == curve.rawValue, let point = reader.bytes(), point.count == curve.pointBytes,
                point.first == 4
            else { throw invalid("it is damaged") }
            return (.ecdsa(curve), curve.info(of: point))
        }
    }

    private static func unsupported(_ type: String) -> CryptographyError {
        if type.hasSuffix("-cert-v01@openssh.com") {
            return invalid("it is a certificate, and certificates are not supported: list the key itself")
        }
        return invalid(
            "keys of the kind '\(type.prefix(60))' are not supported; use ed25519, ecdsa, rsa or a security key")
    }

    static func invalid(_ cause: String) -> CryptographyError {
        CryptographyError(code: .invalidInput, operation: "read an ssh key", subject: "the public key", cause: cause)
    }
}
