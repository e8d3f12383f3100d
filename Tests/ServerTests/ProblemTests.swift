import HTTPClient
import Model
import Testing

@testable import Server

@Suite struct ProblemTests {
    @Test func `an unknown route is a problem with status 404`() async throws {
        try await TestServer.with { server in
            for path in ["/nothing", "/api/v1/nothing", "/api/v1/runs/r1"] {
                let answer = try await server.send(.get, path)
                #expect(answer.status == 404)
                #expect(try answer.problem.code == "no_such_route")
            }
            #expect(try await server.send(.delete, "/api/v1/status").status == 404)
        }
    }

    @Test func `an id of the wrong form is named in the problem`() async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.get, "/api/v1/changes/banana")
            #expect(answer.status == 400)
            #expect(try answer.problem.detail.contains("'banana' is not an id of the form cNUMBER"))
        }
    }

    @Test func `what does not exist is a problem with status 404`() async throws {
        try await TestServer.with { server in
            #expect(try await server.send(.get, "/api/v1/changes/c99").problem.code == "not_found")
            #expect(try await server.send(.get, "/api/v1/runs/r99/log").problem.code == "not_found")
            let repo = try await server.send(.post, "/api/v1/repos/nowhere/announce").problem
            #expect(repo.status == 404)
            #expect(repo.hint?.contains("ocuroot repo add") == true)
        }
    }

    @Test func `a body that lacks a field says which`() async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.post, "/api/v1/sync", body: .text("{}"))
            #expect(answer.status == 400)
            #expect(try answer.problem.detail.contains("'retry' is missing"))
            #expect(try await server.send(.post, "/api/v1/sync", body: .text("{nonsense")).status == 400)
        }
    }

    @Test func `a body beyond a route's bound is refused`() async throws {
        try await TestServer.with { server in
            let large = HTTPBody.bytes(Array(repeating: 0x20, count: Route.jsonBytesMax + 1))
            let answer = try await server.send(.post, "/api/v1/sync", body: large)
            #expect(answer.status == 413)
            #expect(try answer.problem.code == "body_too_large")
            #expect(try await server.send(.get, "/api/v1/status", body: .text("x")).status == 413)
        }
    }

    @Test func `a wrong number in the query is refused`() async throws {
        try await TestServer.with { server in
            for query in ["runs?limit=0", "runs?limit=many", "settlement?wait=-1", "runs?state=odd"] {
                let answer = try await server.send(.get, "/api/v1/" + query)
                #expect(answer.status == 400, "\(query): \(answer.text)")
            }
        }
    }

    @Test func `an answer that takes too long becomes a problem`() async throws {
        await #expect(throws: Problem.self) {
            try await Deadline.run(within: .milliseconds(20)) { try await Task.sleep(for: .seconds(60)) }
        }
    }

    @Test func `no answer may be sniffed or kept`() async throws {
        try await TestServer.with { server in
            for path in ["/healthz", "/nothing", "/api/v1/status"] {
                let answer = try await server.send(.get, path)
                #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
                #expect(answer.headers["Cache-Control"] == "no-store")
            }
        }
    }
}
