import COpenSSL
import Foundation

/// Reads what is in PEM form.
enum PEM {
    /// Has one of OpenSSL's functions read a text; nil when that finds nothing of its kind.
    static func read(_ text: String, _ read: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
        defer { ERR_clear_error() }
        return Array(text.utf8).withUnsafeBytes { bytes in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
            defer { BIO_free(source) }
            return read(source)
        }
    }

    /// A private key, which the caller frees; nil for what is none, and when its passphrase is missing or wrong.
    static func privateKey(_ text: String, passphrase: String?) -> OpaquePointer? {
        // With a passphrase that is given, however empty, OpenSSL does not ask for one on the terminal.
        let phrase = strdup(passphrase ?? "")
        defer { free(phrase) }
        return read(text) { PEM_read_bio_PrivateKey($0, nil, nil, phrase) }
    }
}
