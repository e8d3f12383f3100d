extension SSHPublicKey {
    /// Whether a signature in ssh's binary form, made by this key, fits the bytes.
    ///
    /// A security key's must say that somebody touched the key.
    ///
    /// - Throws: `invalidInput`, its cause a sentence about "it", for a signature of another form than the key makes.
    func accepts(_ signature: [UInt8], of bytes: [UInt8]) throws(CryptographyError) -> Bool {
        guard let key = VerificationKey(info: info) else { throw Self.invalid("it is damaged") }
        var reader = SSHReader(signature)
        guard let format = reader.name(), let content = reader.bytes() else { throw Self.damaged }
        let digest = try digest(of: format)
        let signed = application == nil ? bytes : try deviceData(&reader, bytes)
        guard reader.isAtEnd else { throw Self.damaged }
        return try key.accepts(try native(content), of: signed, digest: digest)
    }

    /// What a signature of this format hashes with; nil for Ed25519.
    private func digest(of format: String) throws(CryptographyError) -> SSHDigest? {
        switch algorithm {
        case .rsa:
            switch format {
            case "rsa-sha2-256": return .sha256
            case "rsa-sha2-512": return .sha512
            case "ssh-rsa": throw Self.refused("it is made with SHA-1, which proves nothing any more")
            default: throw Self.damaged
            }
        case .ed25519, .ecdsa:
            guard format == type else { throw Self.damaged }
            if case .ecdsa(let curve) = algorithm { return curve.digest }
            return nil
        }
    }

    /// What a security key signs in place of the bytes themselves.
    ///
    /// See <https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.u2f>.
    private func deviceData(_ reader: inout SSHReader, _ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let flags = reader.byte(), let counter = reader.number() else { throw Self.damaged }
        guard flags & 1 != 0 else { throw Self.refused("it was made without a touch of the security key") }
        let count = withUnsafeBytes(of: UInt32(truncatingIfNeeded: counter).bigEndian) { Array($0) }
        return try SSHDigest.sha256.digest(of: application ?? []) + [flags] + count
            + SSHDigest.sha256.digest(of: bytes)
    }

    /// The signature in OpenSSL's form.
    private func native(_ content: [UInt8]) throws(CryptographyError) -> [UInt8] {
        switch algorithm {
        case .ed25519:
            guard content.count == 64 else { throw Self.damaged }
            return content
        case .rsa(let modulusBytes):
            // Leading zeros may have been left out.
            guard !content.isEmpty, content.count <= modulusBytes else { throw Self.damaged }
            return [UInt8](repeating: 0, count: modulusBytes - content.count) + content
        case .ecdsa(let curve):
            var reader = SSHReader(content)
            guard let r = reader.positiveInteger(), let s = reader.positiveInteger(), reader.isAtEnd,
                max(r.count, s.count) <= curve.scalarBytes
            else { throw Self.damaged }
            return DER.sequence(DER.integer(r), DER.integer(s))
        }
    }

    private static let damaged = refused("it is damaged")

    private static func refused(_ cause: String) -> CryptographyError {
        CryptographyError(code: .invalidInput, operation: "check an ssh signature", subject: "it", cause: cause)
    }
}
