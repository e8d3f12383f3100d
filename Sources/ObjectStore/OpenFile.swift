import Glibc

/// An open file, closed with its last reference.
final class OpenFile: Sendable {
    let path: String
    let descriptor: Int32
    let byteCount: Int

    /// Opens a regular file to read; a symbolic link is not followed.
    init(reading path: String, operation: String, subject: String) throws(ObjectStoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(operation, subject) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ObjectStoreError(.notFound, operation: operation, subject: subject, cause: "not a regular file")
        }
        self.path = path
        self.descriptor = descriptor
        byteCount = Int(status.st_size)
    }

    deinit { close(descriptor) }

    /// The bytes within `range`, fewer at the end of the file.
    func read(_ range: Range<Int>) throws(ObjectStoreError) -> [UInt8] {
        let wanted = min(range.upperBound, byteCount) - range.lowerBound
        guard wanted > 0 else { return [] }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
            while count < wanted {
                let got = pread(
                    descriptor, buffer.baseAddress?.advanced(by: count), wanted - count, range.lowerBound + count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                count += got
            }
        }
        guard failure == 0 else { throw .system("read", path, number: failure) }
        return bytes
    }
}
