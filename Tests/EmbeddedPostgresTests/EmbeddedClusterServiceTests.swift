import EmbeddedPostgres
import Foundation
import Logging
import Postgres
import ServiceLifecycle
import TestSupport
import Testing

struct EmbeddedClusterServiceTests {
    /// Runs the cluster as a service beside `body`, and shuts the service down after.
    private func withService(
        in directory: String,
        limits: EmbeddedCluster.Limits = .init(),
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let cluster = EmbeddedCluster(directory: directory, limits: limits, logger: quiet)
        let conninfo = try await cluster.start()
        let group = ServiceGroup(configuration: .init(services: [cluster], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            do {
                try await body(conninfo)
            } catch {
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    @Test func `a server that is killed is started again with its data`() async throws {
        try await withDirectory { directory in
            try await withService(in: directory) { conninfo in
                try await store("kept", over: conninfo)
                for _ in 1...2 {
                    let killed = try postmasterPID(in: directory)
                    kill(killed, SIGKILL)
                    try await waitUntil("another server answers") {
                        guard (try? postmasterPID(in: directory)) ?? killed != killed else { return false }
                        return (try? await stored(conninfo)) == ["kept"]
                    }
                }
            }
        }
    }

    @Test func `a graceful shutdown ends the server in order`() async throws {
        try await withDirectory { directory in
            try await withService(in: directory) { conninfo in try await store("kept", over: conninfo) }
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/postgres/data/postmaster.pid"))
            let log = try String(contentsOfFile: "\(directory)/postgres.log", encoding: .utf8)
            #expect(log.contains("database system is shut down"))
            #expect(!log.contains("interrupted"))
        }
    }

    @Test func `cancelling the service ends the server too`() async throws {
        try await withDirectory { directory in
            let cluster = EmbeddedCluster(directory: directory, logger: quiet)
            _ = try await cluster.start()
            let pid = try postmasterPID(in: directory)
            let task = Task { try await cluster.run() }
            task.cancel()
            try await task.value
            #expect(!isRunning(pid))
        }
    }

    @Test func `a server that cannot be started again ends the service with the reason`() async throws {
        try await withDirectory { directory in
            var limits = EmbeddedCluster.Limits()
            limits.failuresMax = 2
            let cluster = EmbeddedCluster(directory: directory, limits: limits, logger: quiet)
            _ = try await cluster.start()
            try FileManager.default.removeItem(atPath: "\(directory)/postgres/data/global/pg_control")
            kill(try postmasterPID(in: directory), SIGKILL)
            let error = await #expect(throws: EmbeddedPostgresError.self) { try await cluster.run() }
            #expect(error?.description.contains("pg_control") == true)
        }
    }

    @Test func `the log stays within its bound`() async throws {
        try await withDirectory { directory in
            let logBytesMax = 20_000
            var limits = EmbeddedCluster.Limits()
            limits.logBytesMax = logBytesMax
            try await withService(in: directory, limits: limits) { conninfo in
                try await withConnection(conninfo) { connection in
                    for _ in 0..<300 { _ = try? await connection.execute("SELECT * FROM no_such_table_at_all") }
                    let previous = "\(directory)/postgres.log.1"
                    try await waitUntil("the log starts anew") { FileManager.default.fileExists(atPath: previous) }
                    try await waitUntil("the log is short") {
                        let attributes = try FileManager.default.attributesOfItem(atPath: "\(directory)/postgres.log")
                        return (attributes[.size] as? Int ?? .max) < logBytesMax
                    }
                }
            }
        }
    }
}
