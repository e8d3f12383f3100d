import Foundation
import GitHosts
import Model
import TestSupport
import Testing

@testable import HostAPI

@Suite(.serialized) struct GitHubAppTokensTests {
    private let fixture: Fixture
    private let clock = SetClock()
    private let tokens: GitHubAppTokens

    init() throws {
        fixture = try Fixture()
        tokens = GitHubAppTokens(exchange: fixture.exchange) { [clock] in clock.now }
    }

    private func token(
        _ app: GitHubApp? = nil, revision: String = "1", project: String? = "acme/shop", isNarrow: Bool = false
    ) async throws -> Secret {
        try await tokens.token(of: app ?? fixture.app(), revision: revision, for: project, isNarrow: isNarrow)
    }

    private func refusal(_ app: GitHubApp, revision: String = "1", project: String? = "acme/shop") async throws
        -> HostAPIError
    {
        try #require(
            await #expect(throws: HostAPIError.self) { try await token(app, revision: revision, project: project) })
    }

    /// Sets both clocks.
    private func advance(_ seconds: Double) async throws {
        clock.advance(seconds)
        let ahead = clock.now.timeIntervalSinceNow
        let _: JSONValue = try await fixture.host.control("/_clock", ["seconds": .double(ahead)])
    }

    @Test func `many who ask at once get one token, and so do those who come later`() async throws {
        let got = try await withThrowingTaskGroup(of: Secret.self) { group in
            for _ in 0..<50 { group.addTask { try await token() } }
            return try await group.reduce(into: Set<Secret>()) { $0.insert($1) }
        }
        let later = try await token(project: "ACME/Shop")
        #expect(got == [later])
        #expect(try await fixture.state.asked == 1)
        #expect(try await fixture.host.requests("/api/v3/repos/acme/shop/installation").count == 1)
    }

    @Test func `a token is what the host takes`() async throws {
        let secret = try await token()
        #expect(try await fixture.register(token: secret.text).isNew)
        let narrow = try await token(isNarrow: true)
        #expect(narrow != secret)
        #expect(try await fixture.refusal(token: narrow.text).status == 403, "it may read and nothing else")
    }

    @Test func `a token is renewed five minutes before its end`() async throws {
        let first = try await token()
        try await advance(54 * 60)
        #expect(try await token() == first)
        try await advance(2 * 60)
        #expect(try await token() != first)
        #expect(try await fixture.state.asked == 2)
    }

    @Test func `one that cannot be renewed is used until it ends`() async throws {
        let first = try await token()
        let path = "/api/v3/app/installations"
        try await fixture.host.plan(path, Array(repeating: ["status": .int(503)], count: 2))
        try await advance(56 * 60)
        #expect(try await token() == first)
        #expect(try await token() == first)
        #expect(try await fixture.host.requests(path).count == 2, "not tried again at once")
        try await advance(5 * 60)
        #expect(try await refusal(fixture.app()).code == .unavailable)
        try await advance(10)
        #expect(try await token() != first)
    }

    @Test func `a wrong key asks the host once in half a minute, the right one at once`() async throws {
        let wrong = try fixture.app(key: "otherKey", installation: fixture.host["installation"])
        for _ in 0..<20 {
            let error = try await refusal(wrong)
            #expect(error.code == .unauthorized && error.hint?.contains("key") == true)
        }
        let path = "/api/v3/app/installations"
        #expect(try await fixture.host.requests(path).count == 1)
        #expect(!(try await token(fixture.app(installation: fixture.host["installation"]), revision: "2")).text.isEmpty)
        try await advance(31)
        _ = try await refusal(wrong)
        #expect(try await fixture.host.requests(path).count == 3)
    }

    @Test func `a token that the host does not take any more is forgotten`() async throws {
        let first = try await token()
        let _: JSONValue = try await fixture.host.control("/_revoke", [:])
        #expect(try await fixture.refusal(token: first.text).status == 401)
        tokens.drop(Secret("another"))
        #expect(try await token() == first)
        tokens.drop(first)
        let second = try await token()
        #expect(second != first)
        #expect(try await fixture.register(token: second.text).isNew)
    }

    @Test func `what is wrong is said, with what to do`() async throws {
        let id = try await refusal(fixture.app(id: "99"), revision: "id")
        #expect(id.cause.contains("Integration not found"))
        let project = try await refusal(fixture.app(), revision: "project", project: "acme/other")
        #expect(project.status == 404 && project.hint?.contains("not installed") == true)
        let installation = try await refusal(fixture.app(installation: "7"), revision: "installation")
        #expect(installation.status == 404 && installation.hint?.contains("no installation 7") == true)
        let nameless = try await refusal(fixture.app(), revision: "nameless", project: nil)
        #expect(nameless.cause.contains("owner and name"))
        let installed = try fixture.app(installation: fixture.host["installation"])
        #expect(!(try await token(installed, revision: "n", project: nil)).text.isEmpty)
        await #expect(throws: HostAPIError.self, "a token for all is not one for reading") {
            try await token(installed, revision: "n", project: nil, isNarrow: true)
        }
        let key = GitHubApp(id: "1", privateKey: Secret("hunter2"), installation: "7", api: fixture.host.url)
        let damaged = try await refusal(key, revision: "key")
        #expect(damaged.code == .unusable && !"\(damaged)".contains("hunter2"))
    }

    @Test func `a clock that is ahead is borne for a minute, and told when it is more`() async throws {
        let _: JSONValue = try await fixture.host.control("/_clock", ["seconds": .int(-50)])
        #expect(!(try await token()).text.isEmpty)
        let _: JSONValue = try await fixture.host.control("/_clock", ["seconds": .int(-300)])
        let error = try await refusal(fixture.app(), revision: "2")
        #expect(error.status == 401 && error.hint?.contains("clock") == true)
    }

    @Test func `an answer without a token is an error, and the proof is in none`() async throws {
        let path = "/api/v3/app/installations"
        let app = try fixture.app(installation: fixture.host["installation"])
        for (revision, body) in ["{}", "<html>", #"{"token": "x", "expires_at": "2001-01-01T00:00:00Z"}"#].enumerated()
        {
            try await fixture.host.plan(path, [["status": .int(201), "body": .string(body)]])
            #expect(try await refusal(app, revision: "\(revision)").code == .garbled)
        }
        let proof = try app.proof(at: clock.now).text
        try await fixture.host.plan(path, [["status": .int(403), "body": .string("suspended: \(proof)")]])
        let error = try await refusal(app, revision: "echo")
        #expect(error.cause.contains("suspended") && error.hint?.contains("suspended") == true)
    }

    @Test func `when the one who asks is cancelled, another who waits asks`() async throws {
        let path = "/api/v3/app/installations"
        let app = try fixture.app(installation: fixture.host["installation"])
        try await fixture.host.plan(path, [["hang": .bool(true)]])
        let got = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await token(app) }
            try await waitUntil("it asks") { try await fixture.host.requests(path).count == 1 }
            async let waiting = token(app)
            group.cancelAll()
            return try await waiting
        }
        #expect(!got.text.isEmpty)
        #expect(try await fixture.state.asked == 1)
    }
}
