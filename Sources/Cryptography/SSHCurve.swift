/// The curves of ssh's ECDSA keys.
enum SSHCurve: String {
    case nistp256, nistp384, nistp521

    /// The curve of a kind of keys; nil when it is none on these.
    init?(keyType: String) {
        switch keyType {
        case "ecdsa-sha2-nistp256", "sk-ecdsa-sha2-nistp256@openssh.com": self = .nistp256
        case "ecdsa-sha2-nistp384": self = .nistp384
        case "ecdsa-sha2-nistp521": self = .nistp521
        default: return nil
        }
    }

    /// The length of a number below the curve's order.
    var scalarBytes: Int {
        switch self {
        case .nistp256: 32
        case .nistp384: 48
        case .nistp521: 66
        }
    }

    /// The length of a point that is not compressed.
    var pointBytes: Int { 1 + 2 * scalarBytes }

    /// What signatures on it hash with.
    var digest: SSHDigest {
        switch self {
        case .nistp256: .sha256
        case .nistp384: .sha384
        case .nistp521: .sha512
        }
    }

    /// A point as a public key in X.509's form.
    func info(of point: [UInt8]) -> [UInt8] {
        let key = DER.objectIdentifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01])
        let curve =
            switch self {
            case .nistp256: DER.objectIdentifier([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07])
            case .nistp384: DER.objectIdentifier([0x2B, 0x81, 0x04, 0x00, 0x22])
            case .nistp521: DER.objectIdentifier([0x2B, 0x81, 0x04, 0x00, 0x23])
            }
        return DER.sequence(DER.sequence(key, curve), DER.bitString(point))
    }
}
