import Foundation
import Model
import TestSupport
import Testing

@testable import Server

/// What the server keeps to besides answering: bodies that are held back, versions, ends of connections.
@Suite struct ConnectionTests {
    private static let held = ["Expect": "100-continue"]
    private static let key = ["Authorization": "Bearer \(TestServer.apiKey)"]

    @Test func `a delivery that is held back is asked for, then taken`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let push = try TestServer.push("d1")
            let connection = try RawConnection(server.url)
            let headers = push.headers.merging(Self.held) { $1 }
            connection.announce("POST", "/webhooks/github/\(repo)", headers, push.body.count)
            try #require(try await connection.status() == 100)
            connection.send(push.body)
            #expect(try await connection.status() == 202)
        }
    }

    @Test func `a request to the API that is held back is asked for, then answered, and so is the next`() async throws {
        try await TestServer.with { server in
            let connection = try RawConnection(server.url)
            for _ in 0..<2 {
                connection.announce("POST", "/api/v1/sync", Self.key.merging(Self.held) { $1 }, 2)
                try #require(try await connection.status() == 100)
                connection.send(Array("{}".utf8))
                #expect(try await connection.status() == 400)
            }
        }
    }

    /// Path, further headers, length, status.
    private static let refusals: [(String, [String: String], Int, Int)] = [
        ("/webhooks/nobody/o1", held, 9, 404), ("/webhooks/github/o1", held, 9 << 20, 413),
        ("/webhooks/github/o1", ["Expect": "a miracle"], 9, 417),
        ("/nothing", held.merging(key) { $1 }, 9, 404), ("/api/v1/sync", held, 9, 401),
        ("/api/v1/sync", held.merging(key) { $1 }, 1 << 20, 413),
        ("/api/v1/sync", key.merging(["Expect": "100-continue, a miracle"]) { $1 }, 9, 417),
    ]

    @Test(arguments: refusals.indices)
    func `what would not be read is refused at once, and the connection ends`(_ index: Int) async throws {
        let (path, headers, length, status) = Self.refusals[index]
        try await TestServer.with { server in
            let connection = try RawConnection(server.url)
            connection.announce("POST", path, headers, length)
            let answer = try await connection.ended()
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
        }
    }

    @Test func `a body that is held back by who sends too much is not asked for`() async throws {
        var limits = ServerLimits()
        limits.webhooksPerSecond = 0.001
        try await TestServer.with(limits: limits) { server in
            #expect(try await server.deliver(.github, to: RepoID(rawValue: 1), [:], []).status == 401)
            let connection = try RawConnection(server.url)
            connection.announce("POST", "/webhooks/github/o1", Self.held, 9)
            #expect(try await connection.ended().hasPrefix("HTTP/1.1 429 "))
        }
    }

    @Test func `a sender that does not wait for the refusal still gets it`() async throws {
        try await TestServer.with { server in
            let connection = try RawConnection(server.url)
            connection.announce("POST", "/webhooks/github/o1", Self.held, 9 << 20)
            let chunk = [UInt8](repeating: 0x20, count: 1 << 10)
            for _ in 0..<100 { connection.send(chunk) }
            connection.finish()
            let answer = try await connection.ended()
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.components(separatedBy: "HTTP/1.").count == 2, "there is one answer")
        }
    }

    @Test func `a body that breaks the rules of HTTP is its sender's fault, and ends the connection`() async throws {
        try await TestServer.with { server in
            let connection = try RawConnection(server.url)
            connection.begin("/api/v1/sync", Self.key)
            connection.chunk(Array("{".utf8))
            connection.send(Array("none\r\n".utf8))
            let answer = try await connection.ended()
            #expect(answer.hasPrefix("HTTP/1.1 400 ") && answer.contains("the body cannot be read"), "\(answer)")
        }
    }

    @Test func `in HTTP 1.0 nothing is expected`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let push = try TestServer.push("d1")
            let connection = try RawConnection(server.url)
            let headers = push.headers.merging(Self.held) { $1 }
            connection.request("POST", "/webhooks/github/\(repo)", headers, push.body, version: "1.0")
            #expect(try await connection.ended().hasPrefix("HTTP/1.1 202 "))
        }
    }

    @Test(arguments: ["/healthz", "/webhooks/nobody/o1", "/nothing"])
    func `the answer to HTTP 1.0 ends the connection`(_ path: String) async throws {
        try await TestServer.with { server in
            let connection = try RawConnection(server.url)
            connection.request("POST", path, version: "1.0")
            let answer = try await connection.ended()
            #expect(answer.lowercased().contains("\r\nconnection: close\r\n"))
            #expect(answer.hasSuffix("}"), "it is whole: \(answer)")
        }
    }

    @Test func `HTTP 1.0 goes on where it is asked to`() async throws {
        try await TestServer.with { server in
            let connection = try RawConnection(server.url)
            for (method, path, status) in [("GET", "/healthz", 200), ("POST", "/webhooks/nobody/o1", 404)] {
                connection.request(method, path, ["Connection": "Keep-Alive"], version: "1.0")
                #expect(try await connection.status() == status)
            }
            connection.request("GET", "/healthz", version: "1.0")
            #expect(try await connection.ended().hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `whoever takes nothing of its answers loses the connection`() async throws {
        var limits = ServerLimits(connectionsMax: 1)
        limits.stallTimeout = .milliseconds(200)
        try await TestServer.with(limits: limits) { server in
            let stalled = try RawConnection(server.url, receiveBufferBytes: 1)
            stalled.request("GET", "/healthz")
            try #require(try await stalled.status() == 200)
            for _ in 0..<400 { stalled.request("POST", "/webhooks/nobody/o1") }
            let next = try RawConnection(server.url)
            next.request("GET", "/healthz")
            #expect(try await next.status() == 200)
            withExtendedLifetime(stalled) {}
        }
    }

    @Test func `whoever takes nothing of its events loses its place, and who reads does not`() async throws {
        var limits = ServerLimits(eventStreamsMax: 2)
        limits.stallTimeout = .milliseconds(200)
        try await TestServer.with(isAnonymousReadAllowed: true, limits: limits) { server in
            let reading = try RawConnection(server.url)
            let stalled = try RawConnection(server.url, receiveBufferBytes: 1)
            for follower in [reading, stalled] {
                follower.request("GET", "/events")
                #expect(try await follower.status() == 200)
            }
            let other = try RawConnection(server.url)
            var count = 0
            try await waitUntil(timeout: .seconds(20), "a place is free") {
                for _ in 0..<20 {
                    count += 1
                    _ = try await server.addRepo("file:///repo\(count)")
                }
                try await reading.told("repo\(count)")
                other.request("GET", "/events")
                return try await other.status() == 200
            }
            _ = try await server.addRepo("file:///last")
            try await reading.told("last")
        }
    }
}
