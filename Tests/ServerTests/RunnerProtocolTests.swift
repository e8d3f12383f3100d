import Foundation
import HTTPClient
import Model
import ObjectStore
import Store
import Testing

@testable import Server

@Suite struct RunnerProtocolTests {
    @Test func `a start token starts its run once`() async throws {
        try await TestServer.with { server in
            let change = try await server.deliver(["api"], to: try await server.addRepo())
            let run = try await server.queuedRun(of: change)
            let first = try await server.send(.post, "/api/v1/runs/\(run.id)/start", token: run.token)
            #expect(first.status == 200)
            let start = try first.decoded(RunStart.self)
            #expect(start.spec.run == run.id)
            #expect(start.spec.package == "api")
            #expect(try await server.send(.post, "/api/v1/runs/\(run.id)/start", token: run.token).status == 409)
        }
    }

    @Test func `a person with the API key takes a run`() async throws {
        try await TestServer.with { server in
            let change = try await server.deliver(["api"], to: try await server.addRepo())
            let run = try await server.queuedRun(of: change)
            #expect(try await server.send(.post, "/api/v1/runs/\(run.id)/start").status == 200)
        }
    }

    @Test func `only the lease token keeps a run`() async throws {
        try await TestServer.with { server in
            let run = try await server.startedRun()
            let path = "/api/v1/runs/\(run.id)/heartbeat"
            #expect(try await server.send(.post, path, token: run.lease).status == 204)
            let wrong = try await server.send(.post, path, token: "wrong")
            #expect(wrong.status == 409)
            #expect(try wrong.problem.code == "lease_lost")
            #expect(try await server.send(.post, path).status == 403)
        }
    }

    @Test func `log pieces are put together in order, and sending one twice changes nothing`() async throws {
        try await TestServer.with { server in
            let run = try await server.startedRun()
            let path = "/api/v1/runs/\(run.id)/log"
            for (offset, text) in [(0, "one "), (4, "two "), (0, "one "), (8, "three")] {
                let answer = try await server.send(
                    .post, "\(path)?offset=\(offset)", token: run.lease, body: .text(text))
                #expect(answer.status == 204, "\(answer.text)")
            }
            let log = try await server.send(.get, path)
            #expect(log.text == "one two three")
            #expect(log.headers["Content-Type"] == "text/plain; charset=utf-8")
        }
    }

    @Test func `a log piece without a lease, without an offset or too long is refused`() async throws {
        try await TestServer.with { server in
            let run = try await server.startedRun()
            let path = "/api/v1/runs/\(run.id)/log"
            #expect(try await server.send(.post, "\(path)?offset=0", token: "no", body: .text("x")).status == 409)
            #expect(try await server.send(.post, path, token: run.lease, body: .text("x")).status == 400)
            #expect(try await server.send(.post, "\(path)?offset=-4", token: run.lease, body: .text("x")).status == 400)
            let large = HTTPBody.bytes(Array(repeating: 0x78, count: RunLog.pieceBytesMax + 1))
            #expect(try await server.send(.post, "\(path)?offset=0", token: run.lease, body: large).status == 413)
        }
    }

    @Test func `a log that cannot be kept is written on the run, which goes on`() async throws {
        try await TestServer.with { server in
            let run = try await server.startedRun()
            try Self.breakBucket(server, run: run.id)
            let path = "/api/v1/runs/\(run.id)/log?offset=0"
            let answer = try await server.send(.post, path, token: run.lease, body: .text("x"))
            #expect(answer.status == 507)
            #expect(try answer.problem.code == "log_not_kept")
            let listing = try #require(try await server.store.runs(RunFilter()).first)
            #expect(listing.logError?.isEmpty == false)
            let result = try await server.post("/api/v1/runs/\(run.id)/result", RunResult(error: nil), token: run.lease)
            #expect(result.status == 204)
        }
    }

    @Test func `a result may be posted again`() async throws {
        try await TestServer.with { server in
            let run = try await server.startedRun()
            let result = RunResult(error: nil, outputs: ["image": .string("api:1")], alias: "v1")
            let path = "/api/v1/runs/\(run.id)/result"
            #expect(try await server.post(path, result, token: run.lease).status == 204)
            #expect(try await server.post(path, result, token: run.lease).status == 204)
            #expect(try await server.post(path, result, token: "other").status == 409)
            #expect(try await server.store.run(run.id)?.state == .succeeded)
        }
    }

    @Test func `a followed log ends with its run`() async throws {
        try await TestServer.with { server in
            let run = try await server.startedRun()
            let log = "/api/v1/runs/\(run.id)/log"
            _ = try await server.send(.post, "\(log)?offset=0", token: run.lease, body: .text("begun;"))
            var request = server.request(.get, "\(log)?follow=true")
            request.timeouts = .stream
            let stream = try await server.session.open(request)
            var pieces = stream.body.makeAsyncIterator()
            #expect(try await pieces.next() == Array("begun;".utf8))
            _ = try await server.send(.post, "\(log)?offset=6", token: run.lease, body: .text("ended;"))
            #expect(try await pieces.next() == Array("ended;".utf8))
            _ = try await server.post("/api/v1/runs/\(run.id)/result", RunResult(error: nil), token: run.lease)
            #expect(try await pieces.next() == nil)
        }
    }

    @Test func `a patch is handed to the runner that holds the run, and to nobody else`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            let patch = Array("diff --git a/x b/x\n".utf8)
            let request = ChangeRequest(
                repo: "\(repo)", ref: "refs/heads/main", commit: try TestServer.commit("b"),
                patch: Base64Text.encode("diff --git a/x b/x\n"), patchDescription: "try it")
            let change = try await server.post("/api/v1/changes", request).decoded(Change.self)
            #expect(change.patch?.description == "try it")
            let hash = try #require(change.patch?.hash)
            #expect(try await server.bucket.get(ObjectKey("patches/\(hash)")) == patch)
        }
    }

    /// Puts a file where the run's log would be, so that nothing can be stored below it.
    private static func breakBucket(_ server: TestServer, run: RunID) throws {
        let runs = server.directory + "/runs"
        try FileManager.default.createDirectory(atPath: runs, withIntermediateDirectories: true)
        try Data("in the way".utf8).write(to: URL(fileURLWithPath: runs + "/\(run)"))
    }
}
