import Foundation
import HTTPClient
import Logging
import Model
import Testing

@testable import Server

@Suite struct AccessTests {
    /// What may be asked without any credentials: this list changes only with care.
    private static let open: Set<String> = ["GET /healthz", "GET /readyz"]

    private static func routes(of server: TestServer) throws -> [Route] {
        let page = try StatusPage()
        let feed = EventFeed(store: server.store, streamsMax: 1, logger: Logger(label: "test"))
        let endpoints = Endpoints(
            store: server.store, log: RunLog(bucket: server.bucket), bucket: server.bucket, feed: feed,
            probe: { _ in }, commits: { _, _, _, _ in [] }, hostKeys: { _ in throw TestServer.Unreachable() },
            page: page,
            tables: StatusTables(store: server.store, page: page, signal: feed.signal),
            webhooks: try WebhookIntake(
                .init(host: "127.0.0.1", port: 0, apiKey: "", isAnonymousReadAllowed: false), store: server.store,
                send: { _, _, _ in 0 }, logger: Logger(label: "test")),
            notices: { _ in nil },
            doors: HostDoors(
                runnerCredentials: { _ in [] }, register: { _ in .failed("never") },
                unregister: { .failed("never", api: $0.way.api) }),
            limits: ServerLimits())
        return endpoints.routes
    }

    private static func path(_ route: Route) -> String {
        route.path.replacing(":host", with: "github").replacing(":id", with: "r1").replacing("**", with: "a/b")
    }

    @Test func `every route refuses a caller without credentials`() async throws {
        try await TestServer.with { server in
            let routes = try Self.routes(of: server)
            #expect(routes.count > 20)
            for route in routes where !Self.open.contains("\(route.method) \(route.path)") {
                let method = HTTPMethod(rawValue: route.method.rawValue)
                let answer = try await server.send(try #require(method), Self.path(route), token: nil)
                #expect(answer.status == 401, "\(route.method) \(route.path)")
                #expect(answer.headers["WWW-Authenticate"] != nil)
                #expect(try answer.problem.code == "unauthorized")
            }
        }
    }

    @Test func `every route refuses a wrong token`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            for route in try Self.routes(of: server) where !Self.open.contains("\(route.method) \(route.path)") {
                let method = HTTPMethod(rawValue: route.method.rawValue)
                let answer = try await server.send(try #require(method), Self.path(route), token: "wrong")
                let isRunner = route.access == .runner
                #expect(
                    isRunner ? (400..<500).contains(answer.status) : answer.status == 401,
                    "\(route.method) \(route.path) answered \(answer.status)")
            }
        }
    }

    @Test func `the API page lists every route`() async throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try String(contentsOf: root.appending(path: "docs/api.md"), encoding: .utf8)
        try await TestServer.with { server in
            for route in try Self.routes(of: server) {
                let path = route.path.replacing(":host", with: "HOST").replacing(":id", with: "ID")
                    .replacing("**", with: "ID")
                let line = "`\(route.method) \(path)"
                let isListed = page.contains(line + "`") || page.contains(line + "?")
                #expect(isListed, "\(route.method) \(route.path)")
            }
        }
    }

    @Test func `health needs no credentials`() async throws {
        try await TestServer.with { server in
            for path in ["/healthz", "/readyz"] {
                let answer = try await server.send(.get, path, token: nil)
                #expect(answer.status == 200, "\(path): \(answer.text)")
            }
        }
    }

    @Test func `anonymous reading opens the page and its events, and nothing else`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            #expect(try await server.send(.get, "/", token: nil).status == 200)
            let events = try await server.session.open(server.request(.get, "/events", token: nil))
            #expect(events.status == 200)
            #expect(try await server.send(.get, "/api/v1/status", token: nil).status == 401)
            #expect(try await server.send(.post, "/api/v1/sync", token: nil).status == 401)
        }
    }

    @Test func `anonymous reading is refused to a page that rebound its name to us`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            let answer = try await server.send(.get, "/", token: nil, headers: ["Host": "evil.example.com"])
            #expect(answer.status == 401)
        }
    }

    @Test func `a browser gets in with the API key as password`() async throws {
        try await TestServer.with { server in
            let asked = try await server.send(.get, "/", token: nil)
            #expect(asked.headers["WWW-Authenticate"]?.hasPrefix("Basic") == true)
            let credentials = ["Authorization": "Basic " + Self.basic("me:\(TestServer.apiKey)")]
            #expect(try await server.send(.get, "/", token: nil, headers: credentials).status == 200)
            let wrong = ["Authorization": "Basic " + Self.basic("me:wrong")]
            #expect(try await server.send(.get, "/", token: nil, headers: wrong).status == 401)
        }
    }

    @Test func `a browser's password does not open what changes things`() async throws {
        try await TestServer.with { server in
            let credentials = ["Authorization": "Basic " + Self.basic("me:\(TestServer.apiKey)")]
            let answer = try await server.send(
                .post, "/api/v1/sync", token: nil, body: .text(#"{"retry": true}"#), headers: credentials)
            #expect(answer.status == 401)
        }
    }

    private static func basic(_ text: String) -> String { Base64Text.encode(text) }
}
