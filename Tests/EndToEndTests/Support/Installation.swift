import Foundation
import Model
import TestSupport
import Testing

/// A data directory and the `ocuroot up` that runs on it; commands find the server by the directory, as people's do.
final class Installation {
    /// The data directory.
    let directory: String
    /// An empty directory that deploy scripts of the fixtures write to.
    let world: String
    private let arguments: [String]
    private let environment: [String: String]
    private(set) var server: Command?
    private(set) var address = ""

    private init(_ arguments: [String], _ environment: [String: String]) throws {
        let root = NSTemporaryDirectory() + "ocuroot-e2e-" + UUID().uuidString.prefix(8)
        directory = root + "/data"
        world = root + "/world"
        self.arguments = arguments
        self.environment = environment
        try FileManager.default.createDirectory(atPath: world, withIntermediateDirectories: true)
    }

    /// Starts a server on these repos, hands it to `body`, and takes everything away afterwards.
    ///
    /// - Parameters:
    ///   - environment: more variables of the server.
    ///   - prepare: called before the first start, when the data directory does not exist yet.
    static func with(
        repos: [String] = [], arguments: [String] = [], environment: [String: String] = [:],
        prepare: (Installation) throws -> Void = { _ in },
        _ body: (Installation) async throws -> Void
    ) async throws {
        let installation = try Installation(
            repos.flatMap { ["--repo", $0] } + (arguments.contains("--poll") ? [] : ["--poll", "1s"]) + arguments,
            environment)
        do {
            try prepare(installation)
            try await installation.start()
            try await body(installation)
        } catch {
            await installation.tearDown()
            throw error
        }
        await installation.tearDown()
    }

    /// Starts the server and waits until it is ready.
    func start() async throws {
        let server = try Command(
            Binary.path, ["up", "--data-dir", directory, "--listen", "127.0.0.1:0"] + arguments,
            environment: environment.merging(["WORLD": world]) { $1 })
        self.server = server
        let ready = "ocuroot is ready at "
        try await waitUntil(timeout: .seconds(60), "the server is ready") {
            server.output.contains(ready) || !server.isRunning
        }
        let line = server.output.split(separator: "\n").first { $0.hasPrefix(ready) }
        address = String(try #require(line, "the server ended: \(server.errors)").dropFirst(ready.count))
    }

    /// Kills the server as `kill -9` does, its Postgres and its runners left behind.
    func kill() async {
        server?.send(SIGKILL)
        _ = await server?.end()
    }

    /// Ends the server as a service manager does, and returns how it ended.
    func terminate() async -> Command.End? {
        server?.send(SIGTERM)
        return await server?.end()
    }

    /// Runs a command against this server.
    @discardableResult
    func run(_ arguments: String..., workingDirectory: String? = nil) async throws -> Command.End {
        try await run(arguments, workingDirectory: workingDirectory)
    }

    /// Runs a command against this server.
    func run(_ arguments: [String], workingDirectory: String? = nil) async throws -> Command.End {
        try await Command(
            Binary.path, arguments, environment: ["OCUROOT_DATA_DIR": directory], workingDirectory: workingDirectory
        ).end()
    }

    /// Waits until nothing is left to do, and returns `status --wait`'s exit status with the report.
    func settle(timeout: String = "90s") async throws -> (status: Int32, report: StatusReport) {
        let end = try await run("status", "--wait", "--timeout", timeout, "--json")
        let report = try JSONText.decode(StatusReport.self, from: Data(end.output.utf8))
        return (end.status, report)
    }

    /// The process ids of the Postgres that this installation owns, the server's own process first.
    func postgresPID() -> Int32? {
        let text = try? String(contentsOfFile: directory + "/postgres/data/postmaster.pid", encoding: .utf8)
        return text?.split(separator: "\n").first.flatMap { Int32($0) }
    }

    private func tearDown() async {
        if let server, server.isRunning {
            server.send(SIGTERM)
            _ = await server.end()
        }
        if let postgres = postgresPID() { Foundation.kill(postgres, SIGQUIT) }
        try? FileManager.default.removeItem(atPath: (directory as NSString).deletingLastPathComponent)
    }
}

extension StatusReport {
    /// The element of a package in an environment.
    func element(_ package: PackageName, _ environment: EnvironmentName) throws -> Element {
        let found = packages.first { $0.package == package && $0.environment == environment }
        return try #require(
            found, "no \(package)@\(environment) in \(packages.map { "\($0.package)@\($0.environment)" })")
    }
}
