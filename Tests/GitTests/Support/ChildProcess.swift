import Foundation

/// A program that runs beside the test, killed and waited for when this object goes away.
///
/// Foundation's `Process` lets children inherit each other's files, by which waiting for one may wait for all.
final class ChildProcess: Sendable {
    let pid: pid_t

    /// Held while a pipe is made and while a child starts, so that no child gets a pipe of another.
    static let starting = NSLock()

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - input: the descriptor that becomes its standard input.
    ///   - output: the descriptor that becomes its standard output and error.
    init(
        _ path: String, _ arguments: [String], in directory: String? = nil, environment: [String: String] = [:],
        input: Int32, output: Int32
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        // The signals that Swift's runtime blocks in its threads must reach the child.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = directory.map { ["/usr/bin/env", "-C", $0, path] + arguments } ?? [path] + arguments
        let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        var argumentPointers = words.map { strdup($0) } + [nil]
        var environmentPointers = all.map { strdup("\($0)=\($1)") } + [nil]
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var child = pid_t()
        Self.starting.lock()
        defer { Self.starting.unlock() }
        let code = posix_spawn(&child, words[0], &actions, &attributes, &argumentPointers, &environmentPointers)
        guard code == 0 else { throw Program.Failure(description: "cannot start \(path): error \(code)") }
        pid = child
    }

    deinit {
        kill(pid, SIGKILL)
        _ = wait()
    }

    /// Waits for its end; the exit code, or 128 and the signal.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { return 0 }
        }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
    }
}

/// A pipe that no child inherits.
struct PrivatePipe {
    let reading: Int32
    let writing: Int32

    init() throws {
        ChildProcess.starting.lock()
        defer { ChildProcess.starting.unlock() }
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Program.Failure(description: "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Reads until the writers are gone, or, with `line`, until a line has ended; closes the reading end.
    func read(line: Bool = false) -> String {
        defer { close(reading) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while !(line && bytes.contains(10)) {
            let count = Foundation.read(reading, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
