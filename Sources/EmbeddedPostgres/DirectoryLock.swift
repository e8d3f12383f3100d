import Foundation

/// Holds a directory for this process until it is released or the process ends, however it ends.
final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock; throws, naming the process that holds it.
    init(file path: String, of directory: String) throws(EmbeddedPostgresError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileFailure.last("lock", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let error = errno
            let holder = Self.read(descriptor)
            close(descriptor)
            guard error == EWOULDBLOCK else { throw FileFailure.last("lock", path) }
            throw EmbeddedPostgresError(
                .inUse, "use", directory,
                "process \(holder) uses it already; stop that process, or choose another data directory")
        }
        ftruncate(descriptor, 0)
        let pid = "\(getpid())\n"
        _ = pid.withCString { write(descriptor, $0, strlen($0)) }
        self.descriptor = descriptor
    }

    deinit {
        // Not only closed: a child that is just being spawned holds a copy until it runs its program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    private static func read(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = Array(repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
