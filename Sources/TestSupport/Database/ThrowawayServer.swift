import Foundation
import Postgres

/// A PostgreSQL server of one test's own, for tests that kill it; see `hack/test-postgres`.
public struct ThrowawayServer: Sendable {
    /// A connection string of its database.
    public let conninfo: String
    private let directory: String

    /// Runs `body` with a server, and removes the server after.
    public static func withRunning<Result>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (ThrowawayServer) async throws -> Result
    ) async throws -> Result {
        let exports = try await script(["start"], directory: nil)
        func value(of name: String) throws -> String {
            let prefix = "export \(name)='"
            guard let line = exports.split(separator: "\n").first(where: { $0.hasPrefix(prefix) }) else {
                throw ScriptFailure(output: exports)
            }
            return String(line.dropFirst(prefix.count).dropLast())
        }
        let server = ThrowawayServer(
            // A test that kills the server means to keep what was committed before.
            conninfo: try value(of: "OCUROOT_TEST_DATABASE_URL") + "&options=-csynchronous_commit%3Don",
            directory: try value(of: "OCUROOT_TEST_POSTGRES_DIR"))
        do {
            let result = try await body(server)
            _ = try await script(["stop"], directory: server.directory)
            return result
        } catch {
            _ = try? await script(["stop"], directory: server.directory)
            throw error
        }
    }

    /// Ends the server's first process as a crash would, without a farewell to anybody, and waits for the others.
    public func kill() async throws {
        let file = try String(contentsOfFile: "\(directory)/data/postmaster.pid", encoding: .utf8)
        guard let pid = file.split(separator: "\n").first.flatMap({ pid_t($0) }), pid > 1 else {
            throw ScriptFailure(output: "postmaster.pid holds no process id")
        }
        Foundation.kill(pid, SIGKILL)
        try await waitUntil("the server's processes end") { try !hasProcesses() }
    }

    /// Whether a process works in the data directory, as all of the server's do.
    private func hasProcesses() throws -> Bool {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").contains { name in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(name)/cwd")) == "\(directory)/data"
        }
    }

    /// Runs the server again after ``kill()``.
    public func restart() async throws {
        _ = try await Self.script(["restart"], directory: directory)
    }

    private struct ScriptFailure: Error {
        let output: String
    }

    /// Runs hack/test-postgres and returns what it printed.
    private static func script(_ arguments: [String], directory: String?) async throws -> String {
        let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let output = FileManager.default.temporaryDirectory.appending(path: "ocuroot-\(UUID().uuidString).out")
        defer { try? FileManager.default.removeItem(at: output) }
        let setting = "OCUROOT_TEST_POSTGRES_DIR=\(directory ?? "")"
        let words = ["/usr/bin/env", setting, root.appending(path: "hack/test-postgres").path] + arguments
        let isSuccess = try await withCheckedThrowingContinuation { ended in
            // A thread of its own may wait; Foundation's Process would wait for the server too, which inherits from it.
            DispatchQueue(label: "ocuroot.test.script").async {
                ended.resume(with: Result { try run(words, output: output.path) })
            }
        }
        let text = try String(contentsOf: output, encoding: .utf8)
        guard isSuccess else { throw ScriptFailure(output: text) }
        return text
    }

    private static func run(_ words: [String], output: String) throws -> Bool {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var pid: pid_t = 0
        guard posix_spawn(&pid, words[0], &actions, nil, &arguments, environ) == 0 else {
            throw ScriptFailure(output: "\(words[0]) cannot be run")
        }
        var status: Int32 = -1
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return status == 0
    }
}
