import Foundation
import Synchronization

/// Writes files so that a reader sees all of the old one or all of the new one.
enum WholeFile {
    /// Tells the writes of this process apart, which may be of the same file at once.
    private static let count = Atomic<Int>(0)

    /// Writes beside the file, then renames.
    ///
    /// - Throws: a ``CommandError`` that names the file.
    static func write(_ data: Data, to path: String, permissions: UInt16) throws {
        let temporary = "\(path).\(getpid()).\(Self.count.add(1, ordering: .relaxed).newValue).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(permissions))
        guard descriptor >= 0 else { throw failure(temporary) }
        defer { close(descriptor) }
        fchmod(descriptor, mode_t(permissions))
        let count = data.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
        guard count == data.count, fsync(descriptor) == 0, rename(temporary, path) == 0 else {
            let error = failure(path)
            unlink(temporary)
            throw error
        }
    }

    private static func failure(_ path: String) -> CommandError {
        CommandError(
            "cannot write \(path): \(String(cString: strerror(errno)))",
            hint: "check the directory's permissions and free space, or name another one with --data-dir")
    }
}
