import Cryptography
import HTTPClient

/// What a request carries and the SHA-256 that its signature covers.
struct S3Body: Sendable {
    private static let pieceBytes = 1 << 20

    /// No body; the digest is that of an empty message.
    static let none = S3Body(
        content: .none, digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

    let content: HTTPBody
    /// In lower-case hexadecimal digits.
    let digest: String

    private init(content: HTTPBody, digest: String) {
        self.content = content
        self.digest = digest
    }

    /// Computes the digest; a file is read for it, so this belongs on a lane.
    init(_ content: ObjectContent, _ key: ObjectKey) throws(ObjectStoreError) {
        switch content {
        case .bytes(let bytes):
            guard bytes.count <= ObjectLimits.objectBytesMax else { throw .objectTooLarge(bytes.count, key) }
            self.init(content: .bytes(bytes), digest: try Self.digest(key) { try SHA256.digest(of: bytes) })
        case .file(let path):
            let file = try OpenFile(reading: path, operation: "store object", subject: path)
            guard file.byteCount <= ObjectLimits.objectBytesMax else { throw .objectTooLarge(file.byteCount, key) }
            self.init(content: .file(path: path), digest: try Self.digest(key) { try Self.digest(of: file) })
        }
    }

    private static func digest(of file: OpenFile) throws -> SHA256Digest {
        var hash = try SHA256()
        for offset in stride(from: 0, to: file.byteCount, by: pieceBytes) {
            try hash.update(try file.read(offset..<offset + pieceBytes))
        }
        return try hash.finalize()
    }

    private static func digest(
        _ key: ObjectKey, _ compute: () throws -> SHA256Digest
    ) throws(ObjectStoreError) -> String {
        do {
            return try compute().hex
        } catch let error as ObjectStoreError {
            throw error
        } catch {
            throw ObjectStoreError(.ioFailure, operation: "store object", subject: key.text, cause: "\(error)")
        }
    }
}
