import COpenSSL

extension CryptographyError {
    /// Takes the oldest error of OpenSSL's queue on this thread as the cause and empties the queue.
    ///
    /// See <https://docs.openssl.org/3.0/man3/ERR_get_error/>.
    static func library(_ operation: String, subject: String) -> CryptographyError {
        let first = ERR_get_error()
        ERR_clear_error()
        var text = [CChar](repeating: 0, count: 256)
        if first == 0 {
            return .init(
                code: .libraryFailure, operation: operation, subject: subject,
                cause: "OpenSSL gave no reason; the process may be out of memory")
        }
        ERR_error_string_n(first, &text, text.count)
        let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return .init(
            code: .libraryFailure, operation: operation, subject: subject,
            cause: String(decoding: bytes, as: UTF8.self))
    }
}
