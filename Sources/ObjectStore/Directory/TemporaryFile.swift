import Cryptography
import Glibc

/// A file that is being written, removed with its last reference unless it was renamed before.
final class TemporaryFile {
    let key: ObjectKey
    let path: String
    private let descriptor: Int32

    init(in folder: String, _ key: ObjectKey) throws(ObjectStoreError) {
        let token: String
        do throws(CryptographyError) {
            token = try SecureRandom.token(byteCount: 18)
        } catch {
            throw ObjectStoreError(.ioFailure, operation: "store object", subject: key.text, cause: "\(error)")
        }
        self.key = key
        path = folder + "/" + token
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system("store object", key.text) }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(path)
    }

    func write(_ bytes: [UInt8]) throws(ObjectStoreError) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .system("store object", key.text) }
            offset += written
        }
    }

    /// Makes the content last; a disk that is full may say so only here.
    func sync() throws(ObjectStoreError) {
        guard fsync(descriptor) == 0 else { throw .system("store object", key.text) }
    }
}
