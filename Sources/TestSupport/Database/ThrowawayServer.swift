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
            conninfo: try value(of: "OCUROOT_TEST_DATABASE_URL"),
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

    /// Ends the server's first process as a crash would, without a farewell to anybody.
    public func kill() throws {
        let file = try String(contentsOfFile: "\(directory)/data/postmaster.pid", encoding: .utf8)
        guard let pid = file.split(separator: "\n").first.flatMap({ pid_t($0) }), pid > 1 else {
            throw ScriptFailure(output: "postmaster.pid holds no process id")
        }
        Foundation.kill(pid, SIGKILL)
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
        let process = Process()
        process.executableURL = root.appending(path: "hack/test-postgres")
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        if let directory { environment["OCUROOT_TEST_POSTGRES_DIR"] = directory }
        process.environment = environment
        let output = Pipe()
        process.standardOutput = output
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        guard process.terminationStatus == 0 else { throw ScriptFailure(output: text) }
        return text
    }
}
