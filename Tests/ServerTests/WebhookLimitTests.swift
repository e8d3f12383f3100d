import Foundation
import GitHosts
import HTTPClient
import Model
import NIOCore
import Store
import TestSupport
import Testing

@testable import Server

@Suite struct WebhookLimitTests {
    private static func limits(_ change: (inout ServerLimits) -> Void) -> ServerLimits {
        var limits = ServerLimits()
        change(&limits)
        return limits
    }

    @Test func `a body over the cap is refused before it is read, and while it is read`() async throws {
        try await TestServer.with(limits: Self.limits { $0.webhookBytesMax = 1_000 }) { server in
            let repo = try await server.addWebhook(.github)
            let path = "/webhooks/github/\(repo)"
            let long = [UInt8](repeating: 0x20, count: 2_000)
            let announced = try await server.send(.post, path, token: nil, body: .bytes(long))
            #expect(announced.status == 413)
            #expect(try announced.problem.detail.contains("1000 bytes"))
            let chunked = try RawConnection(server.url)
            chunked.begin(path)
            for _ in 0..<11 { chunked.chunk([UInt8](repeating: 0x20, count: 100)) }
            #expect(try await chunked.status() == 413)
        }
    }

    @Test func `a signed body in chunks, without a length, is accepted`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let push = try TestServer.push("d1")
            let chunked = try RawConnection(server.url)
            chunked.begin("/webhooks/github/\(repo)", push.headers)
            for byte in push.body { chunked.chunk([byte]) }
            chunked.chunk([])
            #expect(try await chunked.status() == 202)
        }
    }

    @Test func `a body that never comes to its end is given up, and holds nobody else up`() async throws {
        try await TestServer.with(limits: Self.limits { $0.webhookTimeout = .milliseconds(500) }) { server in
            let repo = try await server.addWebhook(.github)
            let slow = try RawConnection(server.url)
            slow.begin("/webhooks/github/\(repo)")
            slow.chunk(Array("{".utf8))
            #expect(try await server.deliver(.github, to: repo, try TestServer.push("d1")).status == 202)
            #expect(try await slow.status() == 503)
        }
    }

    @Test func `bodies that are being read share one budget`() async throws {
        try await TestServer.with(limits: Self.limits { $0.webhookBuffersBytesMax = 4_000 }) { server in
            let repo = try await server.addWebhook(.github)
            let body = [UInt8](repeating: 0x20, count: 2_000)
            #expect(try await server.deliver(.github, to: repo, [:], body).status == 503)
            for name in 0..<20 {
                #expect(try await server.deliver(.github, to: repo, try TestServer.push("d\(name)")).status == 202)
            }
        }
    }

    @Test func `whoever sends slowly from one address leaves three quarters of the budget to others`() {
        let budget = ByteBudget(1_000)
        #expect(budget.take(200, for: "a") && budget.take(50, for: "a"))
        #expect(!budget.take(1, for: "a"))
        for source in ["b", "c", "d"] { #expect(budget.take(250, for: source)) }
        #expect(!budget.take(1, for: "e"), "there is no more than there is")
        budget.giveBack(250, of: "a")
        #expect(budget.take(250, for: "e") && !budget.take(1, for: "a"))
    }

    @Test func `a flood from one address is turned away, whatever it holds`() async throws {
        try await TestServer.with(limits: Self.limits { $0.webhooksPerSecond = 0.001 }) { server in
            let repo = try await server.addWebhook(.github)
            let first = try await server.deliver(.github, to: repo, try TestServer.push("d1"))
            #expect(first.status == 202)
            let second = try await server.deliver(.github, to: repo, try TestServer.push("d2"))
            #expect(second.status == 429)
            #expect(second.headers["Retry-After"] == "1")
            #expect(try second.problem.code == "too_many_deliveries")
        }
    }

    @Test func `forgeries take nothing from a webhook's own rate`() async throws {
        let limits = Self.limits { $0.webhooksPerSecond = 1 }
        try await TestServer.with(limits: limits, trustedProxies: ["127.0.0.1"]) { server in
            let repo = try await server.addWebhook(.github)
            for sender in 0..<40 {
                let answer = try await server.deliver(
                    .github, to: repo, ["X-Forwarded-For": "198.51.100.\(sender)"], Array("{}".utf8))
                #expect(answer.status == 401)
            }
            var push = try TestServer.push("d1")
            push.headers["X-Forwarded-For"] = "192.0.2.1"
            #expect(try await server.deliver(.github, to: repo, push).status == 202)
            let kept = try #require(try await server.store.webhookDeliveries(of: repo, limit: 1).first)
            #expect(kept.source == "192.0.2.1")
        }
    }

    @Test func `a proxy's word is taken only from those that are trusted`() throws {
        let peer = try SocketAddress(ipAddress: "10.0.0.1", port: 4)
        func source(_ forwarded: String?, _ proxies: Set<String>) -> String {
            SourceAddress(peer: peer, forwarded: forwarded, proxies: proxies).text
        }
        #expect(source("192.0.2.1", []) == "10.0.0.1")
        #expect(source("192.0.2.1", ["10.0.0.1"]) == "192.0.2.1")
        #expect(source("6.6.6.6, 192.0.2.1", ["10.0.0.1"]) == "192.0.2.1")
        #expect(source("192.0.2.1, 10.0.0.2", ["10.0.0.1", "10.0.0.2"]) == "192.0.2.1")
        #expect(source("not an address", ["10.0.0.1"]) == "10.0.0.1")
        #expect(source(nil, ["10.0.0.1"]) == "10.0.0.1")
        let mapped = try SocketAddress(ipAddress: "::ffff:10.0.0.1", port: 4)
        #expect(SourceAddress(peer: mapped, forwarded: nil, proxies: []).network == "10.0.0.1")
        #expect(SourceAddress(peer: mapped, forwarded: "192.0.2.1", proxies: ["10.0.0.1"]).text == "192.0.2.1")
        let (one, two) = ("2001:db8::1", "2001:db8::2")
        let networks = [one, two].map {
            SourceAddress(peer: peer, forwarded: $0, proxies: ["10.0.0.1"]).network
        }
        #expect(networks[0] == networks[1])
    }

    @Test func `a rate's table is bounded, and a flood of new keys takes nothing from an old one`() {
        let limit = RateLimit<Int>(perSecond: 1, burst: 2, keysMax: 10)
        let now = ContinuousClock.now
        #expect(limit.take(0, at: now))
        let passed = (1...1_000).count { limit.take($0, at: now) }
        #expect(passed == 9 + 2)
        #expect(limit.keyCount == 10)
        #expect(limit.take(0, at: now))
        #expect(!limit.take(0, at: now))
        #expect(limit.take(5_000, at: now + .seconds(10)))
        #expect(limit.keyCount == 1)
    }
}
