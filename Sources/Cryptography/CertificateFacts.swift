import COpenSSL
import Foundation

/// What a certificate says of itself.
public struct CertificateFacts: Sendable, Equatable {
    /// Whose it is, such as `O=Acme, CN=ocuroot`.
    public let subject: String
    /// When it ends.
    public let expiresAt: Date

    /// Reads the first certificate of a PEM text, and checks that the key is its own.
    ///
    /// - Parameters:
    ///   - privateKey: PEM.
    ///   - passphrase: opens the key; without one, an encrypted key is refused, never asked for.
    /// - Throws: `invalidInput` for what is no certificate or no key, or a key of another certificate.
    public init(certificates: String, privateKey: String, passphrase: String?) throws(CryptographyError) {
        guard let certificate = PEM.read(certificates, { PEM_read_bio_X509($0, nil, nil, nil) }) else {
            throw Self.invalid("the certificate", "it is not in PEM form")
        }
        defer { X509_free(certificate) }
        guard let key = PEM.privateKey(privateKey, passphrase: passphrase) else {
            throw Self.invalid("the private key", "it is not in PEM form, or its passphrase is missing or wrong")
        }
        defer { EVP_PKEY_free(key) }
        guard X509_check_private_key(certificate, key) == 1 else {
            ERR_clear_error()
            throw Self.invalid("the private key", "it is not that of the certificate")
        }
        var time = tm()
        guard ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &time) == 1 else {
            throw .library("read a certificate", subject: "its end")
        }
        expiresAt = Date(timeIntervalSince1970: TimeInterval(timegm(&time)))
        subject = Self.subject(of: certificate)
    }

    private static func subject(of certificate: OpaquePointer) -> String {
        guard let target = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(target) }
        X509_NAME_print_ex(target, X509_get_subject_name(certificate), 0, ocu_name_flags)
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = BIO_read(target, &bytes, Int32(bytes.count))
        return String(decoding: bytes.prefix(Int(max(0, count))), as: UTF8.self).replacing(" = ", with: "=")
    }

    private static func invalid(_ subject: String, _ cause: String) -> CryptographyError {
        CryptographyError(code: .invalidInput, operation: "read a client certificate", subject: subject, cause: cause)
    }
}
