import Foundation
import Postgres
import TestSupport
import Testing

struct HangTests {
    @Test func `a host that accepts and says nothing is given up in time`() async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hang-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let listener = try silentListener(at: directory.appending(path: ".s.PGSQL.5432").path)
        defer { close(listener) }
        var configuration = PostgresConfiguration(conninfo: "postgresql://me@/x?host=\(directory.path)&port=5432")
        configuration.connectTimeout = .seconds(2)
        let start = ContinuousClock.now
        let error = await #expect(throws: PostgresError.self) { try await PostgresConnection.connect(configuration) }
        #expect(error?.code == .connection)
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    private func silentListener(at path: String) throws -> Int32 {
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) == 0 }
        }
        try #require(isBound && listen(listener, 8) == 0)
        return listener
    }

    @Test func `a server that hangs as a whole is given up in time and used again later`() async throws {
        try await ThrowawayServer.withRunning { server in
            var configuration = PostgresConfiguration(conninfo: server.conninfo)
            configuration.cancelTimeout = .milliseconds(200)
            let pool = PostgresPool(configuration, maxConnections: 1)
            let processes: SQL =
                "SELECT ARRAY[split_part(pg_read_file('postmaster.pid'), \("\n"), 1)::int, pg_backend_pid()]"
            let pids: [Int32] = try await pool.query(processes).one()[0]
            for pid in pids { kill(pid, SIGSTOP) }
            let start = ContinuousClock.now
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT 1", timeout: .milliseconds(50))
            }
            #expect(error?.code == .connection)
            #expect(ContinuousClock.now - start < .seconds(10))
            for pid in pids { kill(pid, SIGCONT) }
            let answer: Int = try await pool.query("SELECT 1").one()[0]
            #expect(answer == 1)
            await pool.close()
        }
    }

    @Test func `a server process that hangs costs its connection and no more`() async throws {
        try await ThrowawayServer.withRunning { server in
            var configuration = PostgresConfiguration(conninfo: server.conninfo)
            configuration.cancelTimeout = .milliseconds(200)
            let pool = PostgresPool(configuration, maxConnections: 1)
            let hanging: Int = try await pool.query("SELECT pg_backend_pid()").one()[0]
            kill(pid_t(hanging), SIGSTOP)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query("SELECT 1", timeout: .milliseconds(50))
            }
            #expect(error?.code == .connection)
            let next: Int = try await pool.query("SELECT pg_backend_pid()").one()[0]
            #expect(next != hanging)
            kill(pid_t(hanging), SIGCONT)
            await pool.close()
        }
    }
}
