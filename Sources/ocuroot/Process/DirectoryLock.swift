import Foundation

/// Holds a data directory for one server; the system lets go of it when the process ends, however it ends.
///
/// An open file description's lock: [fcntl(2)](https://man7.org/linux/man-pages/man2/fcntl_locking.2.html). It can be
/// looked at without being taken, so that a command that looks never keeps a server from starting.
final class DirectoryLock: Sendable {
    /// `F_OFD_GETLK` and `F_OFD_SETLK`, which the C library only names to those who ask for GNU's extensions.
    private static let look: Int32 = 36
    private static let take: Int32 = 37

    private let descriptor: Int32

    /// Takes the lock and writes this process's id into its file.
    ///
    /// - Throws: a ``CommandError`` that names the process that holds it.
    init(_ directory: DataDirectory) throws {
        let path = directory.lockFile
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw CommandError(
                "cannot open \(path): \(String(cString: strerror(errno)))",
                hint: "check the directory's permissions, or name another one with --data-dir")
        }
        var whole = Self.whole
        guard fcntl(descriptor, Self.take, &whole) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw CommandError(
                "another ocuroot\(holder) runs on \(directory.path) already",
                hint: "stop it first, or name another directory with --data-dir")
        }
        ftruncate(descriptor, 0)
        let text = "\(getpid())\n"
        _ = text.withCString { pwrite(descriptor, $0, text.utf8.count, 0) }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Whether a server runs on the directory; true also when that cannot be seen.
    static func isHeld(_ directory: DataDirectory) -> Bool {
        let descriptor = open(directory.lockFile, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno != ENOENT }
        defer { close(descriptor) }
        var found = whole
        guard fcntl(descriptor, look, &found) == 0 else { return true }
        return found.l_type != Int16(F_UNLCK)
    }

    /// The whole file, for writing.
    private static var whole: flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        return lock
    }

    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        let digits = bytes.prefix(max(0, count)).prefix { $0 >= 0x30 && $0 <= 0x39 }
        return digits.isEmpty ? "" : " (process \(String(decoding: digits, as: UTF8.self)))"
    }
}
