import Foundation
import GitHosts
import Model
import Postgres
import Store
import TestSupport
import Testing

@testable import Server

@Suite struct WebhookDoorTests {
    private static func path(_ repo: RepoID) -> String { "/webhooks/github/\(repo)" }

    private static func send(_ name: String, to repo: RepoID, on connection: RawConnection) throws {
        let push = try TestServer.push(name)
        connection.request("POST", path(repo), push.headers, push.body)
    }

    /// Sends a delivery that cannot be written before `body` has ended.
    private static func holding(
        _ server: TestServer, _ body: @escaping @Sendable (RawConnection, RepoID) async throws -> Void
    ) async throws -> RawConnection {
        let repo = try await server.addWebhook(.github)
        let connection = try RawConnection(server.url)
        try await server.pool.withTransaction { lock in
            try await lock.execute("LOCK TABLE webhook_delivery IN EXCLUSIVE MODE")
            try send("held", to: repo, on: connection)
            try await waitUntil("the delivery waits for the table") {
                try await !server.pool.query(
                    "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'webhook_delivery'::regclass"
                ).isEmpty
            }
            try await body(connection, repo)
        }
        return connection
    }

    @Test func `requests that are sent at once are answered in their order`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let connection = try RawConnection(server.url)
            for name in 0..<20 {
                connection.request("GET", "/healthz")
                try Self.send("d\(name)", to: repo, on: connection)
                connection.request("POST", Self.path(repo), [:], Array("{}".utf8))
                connection.request("GET", "/readyz")
            }
            let statuses = try await connection.statuses(80)
            #expect(statuses == Array(repeating: [200, 202, 401, 200], count: 20).flatMap(\.self))
            #expect(try await server.store.webhookDeliveries(of: repo, limit: 99).count == 20)
        }
    }

    @Test func `a sender that closes its side after the delivery gets its answer`() async throws {
        try await TestServer.with { server in
            let connection = try await Self.holding(server) { connection, _ in connection.finish() }
            #expect(try await connection.status() == 202)
            try await connection.ended()
        }
    }

    @Test(arguments: ["close", "keep-alive, Close"])
    func `a sender that wants the connection closed gets its answer, and that`(_ option: String) async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let push = try TestServer.push("d1")
            let connection = try RawConnection(server.url)
            connection.request(
                "POST", Self.path(repo), push.headers.merging(["Connection": option]) { $1 }, push.body)
            connection.request("GET", "/healthz")
            let statuses = try await connection.statuses(2)
            #expect(statuses == [202])
        }
    }

    @Test(arguments: ["/healthz", "/webhooks/nobody/o1"])
    func `behind a request for another protocol the connection ends`(_ path: String) async throws {
        try await TestServer.with { server in
            let connection = try RawConnection(server.url)
            connection.request("POST", path, ["Connection": "Upgrade", "Upgrade": "h2c"])
            try await connection.ended()
        }
    }

    @Test func `what was refused before its end leaves the connection to the next`() async throws {
        var limits = ServerLimits()
        limits.webhookBytesMax = 1_000
        try await TestServer.with(limits: limits) { server in
            let repo = try await server.addWebhook(.github)
            let connection = try RawConnection(server.url)
            connection.request("POST", Self.path(repo), [:], [UInt8](repeating: 0x20, count: 1_500))
            try Self.send("d1", to: repo, on: connection)
            connection.request("POST", "/webhooks/nobody/o1", [:], Array("{}".utf8))
            try Self.send("d2", to: repo, on: connection)
            let statuses = try await connection.statuses(4)
            #expect(statuses == [413, 202, 404, 202])
        }
    }

    @Test func `a refused delivery that never ends is not listened to for ever`() async throws {
        var limits = ServerLimits()
        limits.webhookBytesMax = 1_000
        try await TestServer.with(limits: limits) { server in
            let repo = try await server.addWebhook(.github)
            let connection = try RawConnection(server.url)
            connection.begin(Self.path(repo))
            for _ in 0..<40 { connection.chunk([UInt8](repeating: 0x20, count: 100)) }
            try await connection.ended()
        }
    }

    @Test func `a database that hangs is told in time, and the delivery is not lost`() async throws {
        var limits = ServerLimits()
        limits.webhookTimeout = .milliseconds(300)
        try await TestServer.with(limits: limits) { server in
            _ = try await Self.holding(server) { connection, _ in
                let status = try await connection.status()
                #expect(status == 503)
            }
            let repo = try #require(try await server.store.repos().first).id
            try await waitUntil("the delivery is written") {
                try await server.store.webhookDeliveries(of: repo, limit: 9).count == 1
            }
            let again = try await server.deliver(.github, to: repo, try TestServer.push("held"))
            #expect(try again.decoded(WebhookReply.self).state == .duplicate)
        }
    }

    @Test func `a shutdown lets a delivery come to its end`() async throws {
        try await TestServer.with { server in
            let connection = try await Self.holding(server) { _, _ in await server.shutDown() }
            #expect(try await connection.status() == 202)
            try await connection.ended()
        }
    }

    @Test func `a sender that goes away gives back what its body took`() async throws {
        var limits = ServerLimits()
        limits.webhookBuffersBytesMax = 8_000
        limits.webhookTimeout = .seconds(600)
        try await TestServer.with(limits: limits) { server in
            let repo = try await server.addWebhook(.github)
            for name in 0..<3 {
                let connection = try RawConnection(server.url)
                connection.begin(Self.path(repo))
                connection.chunk([UInt8](repeating: 0x20, count: 1_990))
                connection.finish()
                try await connection.ended()
                try await waitUntil("there is room for another") {
                    try await server.deliver(.github, to: repo, try TestServer.push("d\(name)")).status == 202
                }
            }
        }
    }

    @Test func `a body counts until it is written, also when its sender was told that this takes too long`()
        async throws
    {
        var limits = ServerLimits()
        limits.webhookTimeout = .milliseconds(300)
        limits.webhookBuffersBytesMax = 500
        try await TestServer.with(limits: limits) { server in
            _ = try await Self.holding(server) { connection, repo in
                let status = try await connection.status()
                #expect(status == 503)
                let next = try await server.deliver(.github, to: repo, try TestServer.push("next"))
                #expect(try next.problem.code == "busy")
            }
            let repo = try #require(try await server.store.repos().first).id
            try await waitUntil("there is room again") {
                try await server.deliver(.github, to: repo, try TestServer.push("next")).status == 202
            }
        }
    }
}
