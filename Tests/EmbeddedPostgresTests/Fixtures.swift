import EmbeddedPostgres
import Foundation
import Logging
import Postgres

/// A logger that says nothing.
let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

struct FixtureError: Error {
    let reason: String
}

/// Runs `body` with an empty directory that other users may enter, and removes it after.
func withDirectory(_ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(
        path: "ocuroot-test-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(
        at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(at: directory) }
    try await body(directory.resolvingSymlinksInPath().path)
}

func withConnection<Result>(_ conninfo: String, _ body: (PostgresConnection) async throws -> Result) async throws
    -> Result
{
    let connection = try await PostgresConnection.connect(PostgresConfiguration(conninfo: conninfo))
    let result = try await body(connection)
    await connection.close()
    return result
}

/// Adds a note over a connection.
func store(_ note: String, over conninfo: String) async throws {
    try await withConnection(conninfo) { connection in
        try await connection.executeScript("CREATE TABLE IF NOT EXISTS note (text text)")
        _ = try await connection.execute("INSERT INTO note VALUES (\(note))")
    }
}

/// Starts the cluster, adds a note, and stops it.
func store(_ note: String, in directory: String) async throws {
    let cluster = EmbeddedCluster(directory: directory, logger: quiet)
    try await store(note, over: try await cluster.start())
    await cluster.stop()
}

/// The notes; none if there never was one.
func stored(_ conninfo: String) async throws -> [String] {
    try await withConnection(conninfo) { connection in
        let isThere: Bool = try await connection.query("SELECT to_regclass('note') IS NOT NULL").one()[0]
        return isThere ? try await connection.query("SELECT text FROM note ORDER BY text").column() : []
    }
}

/// Leaves a server running that nobody owns, as a process that is killed does; returns its process id.
func abandonServer(in directory: String, storing note: String) async throws -> pid_t {
    let cluster = EmbeddedCluster(directory: directory, logger: quiet)
    try await store(note, over: try await cluster.start())
    return try postmasterPID(in: directory)
}

/// Runs a program in a directory, and does not wait for it.
func run(_ program: String, _ argument: String, in directory: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [argument]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
}

func postmasterPID(in directory: String) throws -> pid_t {
    let file = "\(directory)/postgres/data/postmaster.pid"
    let text = try String(contentsOfFile: file, encoding: .utf8)
    guard let pid = text.split(separator: "\n").first.flatMap({ pid_t($0) }), pid > 1 else {
        throw FixtureError(reason: "\(file) holds no process id")
    }
    return pid
}

/// Whether a process exists and has not ended; init may be slow to bury those that have.
func isRunning(_ pid: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
    return !status.contains(") Z ")
}

func owner(of path: String) throws -> Int {
    guard let owner = try FileManager.default.attributesOfItem(atPath: path)[.ownerAccountID] as? NSNumber else {
        throw FixtureError(reason: "\(path) has no owner")
    }
    return owner.intValue
}
