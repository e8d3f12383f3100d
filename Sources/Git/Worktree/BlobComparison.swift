import CLibGit2
import Glibc
import Model

/// Compares what is on disk with a blob, for files whose stamp is not known.
struct BlobComparison {
    let objects: Objects
    /// Longer files are written again rather than read into memory.
    private static let bytesMax = 64 << 20

    /// Whether the file or symlink has exactly the blob's content.
    func isEqual(
        _ id: RawID, _ name: UnsafePointer<CChar>, _ stamp: FileStamp, in directory: borrowing DirectoryHandle
    ) throws(GitError) -> Bool {
        let byteCount = Int(stamp.byteCount)
        guard byteCount <= Self.bytesMax, try objects.byteCount(of: id) == byteCount else { return false }
        guard let content = read(name, stamp, byteCount, in: directory) else { return false }
        var hash = git_oid()
        let code = content.withUnsafeBytes { git_odb_hash(&hash, $0.baseAddress, $0.count, GIT_OBJECT_BLOB) }
        return code == 0 && RawID(hash) == id
    }

    /// The content; nil if it cannot be read or is not of the expected length.
    private func read(
        _ name: UnsafePointer<CChar>, _ stamp: FileStamp, _ byteCount: Int, in directory: borrowing DirectoryHandle
    ) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: byteCount + 1)
        if stamp.isSymlink {
            let count = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map {
                    readlinkat(directory.descriptor, name, $0.assumingMemoryBound(to: CChar.self), buffer.count)
                } ?? -1
            }
            return count == byteCount ? Array(bytes.dropLast()) : nil
        }
        let descriptor = openat(directory.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            filled += count
        }
        return filled == byteCount ? Array(bytes.dropLast()) : nil
    }
}
