import Glibc

/// A lock between processes: held until this value goes away, also if the process is killed.
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock, waiting in steps of 20 ms.
    ///
    /// - Parameters:
    ///   - path: the lock's file, which is made if missing and stays.
    ///   - attemptsMax: how many steps.
    ///   - isStopped: asked between steps.
    /// - Throws: `locked` when the steps are used up or `isStopped` says so, `fileSystem`.
    init(path: String, attemptsMax: Int, isStopped: () -> Bool) throws(GitError) {
        // An init that throws once all is set runs `deinit` as well, so only what is held is set.
        descriptor = try Self.take(path, attemptsMax: attemptsMax, isStopped: isStopped)
    }

    /// A descriptor that holds the lock; one that does not get it is closed again.
    private static func take(
        _ path: String, attemptsMax: Int, isStopped: () -> Bool
    ) throws(GitError) -> Int32 {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw GitError.system(errno, operation: "open lock", subject: path) }
        for _ in 0..<attemptsMax {
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
            guard errno == EWOULDBLOCK || errno == EINTR else {
                let number = errno
                close(descriptor)
                throw GitError.system(number, operation: "lock", subject: path)
            }
            guard !isStopped() else { break }
            usleep(20_000)
        }
        close(descriptor)
        throw GitError(
            .locked, operation: "lock", subject: path, cause: "another process works on this repository",
            hint: "try again when it is done")
    }

    /// Runs `body`, the lock being held at least until it ends.
    func hold<Value>(_ body: () throws(GitError) -> Value) throws(GitError) -> Value {
        try body()
    }

    deinit {
        close(descriptor)
    }
}
