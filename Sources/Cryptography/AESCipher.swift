import COpenSSL

/// One run of AES-256-GCM in OpenSSL, in the order: associated data, text, finish.
///
/// See <https://docs.openssl.org/3.0/man3/EVP_EncryptInit/>, "GCM and OCB modes".
struct AESCipher: ~Copyable {
    enum Direction: Int32 {
        case open = 0
        case seal = 1

        var operation: String { self == .open ? "open sealed data" : "seal data" }
    }

    private let context: OpaquePointer
    private let direction: Direction

    init(_ direction: Direction, key: SymmetricKey, nonce: [UInt8]) throws(CryptographyError) {
        precondition(nonce.count == AES256GCM.nonceBytes)
        guard let context = EVP_CIPHER_CTX_new() else { throw .library(direction.operation, subject: "context") }
        let isReady = key.withBytes { key in
            EVP_CipherInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce, direction.rawValue) == 1
        }
        guard isReady else {
            EVP_CIPHER_CTX_free(context)
            throw .library(direction.operation, subject: "key and nonce")
        }
        self.context = context
        self.direction = direction
    }

    deinit { EVP_CIPHER_CTX_free(context) }

    func authenticate(_ associatedData: [UInt8]) throws(CryptographyError) {
        guard !associatedData.isEmpty else { return }
        var written: Int32 = 0
        guard
            let count = Int32(exactly: associatedData.count),
            EVP_CipherUpdate(context, nil, &written, associatedData, count) == 1
        else {
            throw .library(direction.operation, subject: "\(associatedData.count) bytes of associated data")
        }
    }

    func update(_ text: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard !text.isEmpty else { return [] }
        var output = [UInt8](repeating: 0, count: text.count)
        var written: Int32 = 0
        guard
            let count = Int32(exactly: text.count),
            EVP_CipherUpdate(context, &output, &written, text, count) == 1, written == count
        else {
            throw .library(direction.operation, subject: "\(text.count) bytes")
        }
        return output
    }

    func finishSealing() throws(CryptographyError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: AES256GCM.tagBytes)
        var written: Int32 = 0
        guard
            EVP_CipherFinal_ex(context, &tag, &written) == 1,
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(AES256GCM.tagBytes), &tag) == 1
        else {
            throw .library(direction.operation, subject: "tag")
        }
        return tag
    }

    /// Whether the tag is right; the text must not be used when it is not.
    func finishOpening(tag: [UInt8]) throws(CryptographyError) -> Bool {
        var tag = tag
        guard EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(AES256GCM.tagBytes), &tag) == 1 else {
            throw .library(direction.operation, subject: "tag")
        }
        var rest = [UInt8](repeating: 0, count: AES256GCM.tagBytes)
        var written: Int32 = 0
        let isAuthentic = EVP_CipherFinal_ex(context, &rest, &written) == 1
        ERR_clear_error()
        return isAuthentic
    }
}
