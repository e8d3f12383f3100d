import Cryptography
import Foundation
import HTTPClient
import Logging
import Model
import ObjectStore
import Postgres
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import Server

/// A real server on a port of its own, on a real Store with a schema of its own.
struct TestServer: Sendable {
    /// The API key.
    static let apiKey = "the-key-of-the-test-server"
    /// A URL that the probe refuses.
    static let unreachable = "file:///unreachable"

    /// A commit that no remote has.
    static let unpushed = String(repeating: "0", count: 40)

    /// Why the probe refuses.
    struct Unreachable: Error, CustomStringConvertible {
        let description = "nothing is there"
    }

    let store: StateStore
    let bucket: DirectoryBucket
    let directory: String
    let url: String
    let session: HTTPSession
    /// The Store's database, to hold something up in it.
    let pool: PostgresPool
    /// Begins a graceful shutdown.
    let shutDown: @Sendable () async -> Void

    /// Starts a server, hands it to `body`, and stops it.
    ///
    /// - Parameter disk: where its object store is; the place for temporary files unless given.
    static func with(
        isAnonymousReadAllowed: Bool = false, limits: ServerLimits = ServerLimits(), disk: String? = nil,
        trustedProxies: [String] = [], publicURL: String? = nil, hasKey: Bool = true, doors: HostDoors? = nil,
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        try await DatabaseSchema.withTemporary(maxConnections: 8) { schema in
            let keys = hasKey ? try KeyRing([.random()]) : nil
            let store = StateStore(pool: schema.pool, keys: keys)
            try await store.migrate()
            let directory = (disk ?? NSTemporaryDirectory()) + "/ocuroot-server-" + UUID().uuidString
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let bucket = try DirectoryBucket(path: directory)
            let (ports, port) = AsyncStream<Int>.makeStream()
            let server = try WebServer(
                .init(
                    host: "127.0.0.1", port: 0, apiKey: apiKey, isAnonymousReadAllowed: isAnonymousReadAllowed,
                    publicURL: publicURL, trustedProxies: trustedProxies, limits: limits),
                store: store, bucket: bucket,
                probe: { if $0 == unreachable { throw Unreachable() } },
                commits: { repo, commit, _, _ in
                    if repo.url == unreachable { throw Unreachable() }
                    return commit.hex == unpushed ? nil : []
                },
                hostKeys: { _ in HostKeyReport(type: "ssh-ed25519", fingerprint: "SHA256:x", knownHosts: "host x y") },
                send: post, notices: { _ in nil },
                doors: doors
                    ?? HostDoors(
                        runnerCredentials: { try await store.openCredentials(for: $0).map(\.form) },
                        register: { _ in .failed("nothing is registered in this test") },
                        unregister: { .failed("nothing is removed in this test", api: $0.way.api) }),
                logger: quiet,
                onReady: { port.yield($0) })
            let group = ServiceGroup(services: [Listening(store: store), server], logger: quiet)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                tasks.addTask {
                    let chosen = try #require(await ports.first { _ in true })
                    let running = TestServer(
                        store: store, bucket: bucket, directory: directory, url: "http://127.0.0.1:\(chosen)",
                        session: try HTTPSession(), pool: schema.pool,
                        shutDown: { await group.triggerGracefulShutdown() })
                    do {
                        try await body(running)
                    } catch {
                        await group.triggerGracefulShutdown()
                        throw error
                    }
                    await group.triggerGracefulShutdown()
                }
                try await tasks.waitForAll()
            }
        }
    }

    /// The Store's signals, as the composition root feeds them.
    private struct Listening: Service {
        let store: StateStore

        func run() async throws {
            try await cancelWhenGracefulShutdown {
                do throws(StoreError) {
                    try await store.listen()
                } catch {
                    // A test may end before the connection was made.
                    guard error.code == .cancelled else { throw error }
                }
            }
        }
    }

    /// Posts a delivery, as the composition root does.
    private static func post(_ url: String, headers: [String: String], body: [UInt8]) async throws -> Int {
        var request = HTTPRequest(.post, url, body: .bytes(body))
        for (name, value) in headers { request.headers[name] = value }
        return try await HTTPSession().send(request).status
    }

    private static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }
}
