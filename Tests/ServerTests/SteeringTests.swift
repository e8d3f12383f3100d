import Foundation
import HTTPClient
import Model
import Store
import Testing

@testable import Server

@Suite struct SteeringTests {
    private func steer(_ server: TestServer, _ lines: (String, String)..., by: String? = "ann") async throws
        -> HTTPResponse
    {
        try await server.post(
            "/api/v1/steering",
            SteeringRequest(trailers: lines.map { Trailer(token: $0.0, value: $0.1) }, by: by))
    }

    @Test func `a hold and a pin are set, shown on the page, and ended`() async throws {
        try await TestServer.with { server in
            try await server.deliver(["api", "db"], to: try await server.addRepo())
            let answer = try await steer(
                server, ("Ocuroot-Hold", "*@prod <b>frozen</b>"), ("Ocuroot-Pin", "api@prod=1"))
            #expect(answer.status == 200, "\(answer.text)")
            let reply = try answer.decoded(SteeringReply.self)
            #expect(reply.steering.map(\.state) == [.applied, .applied])
            #expect(reply.steering.first?.message == "api@prod, db@prod are on hold")
            let report: StatusReport = try await server.get("/api/v1/status?package=api")
            #expect(report.packages.first?.pin?.by == "ann")
            let page = try await server.send(.get, "/").text
            #expect(page.contains("on hold by ann: &lt;b&gt;frozen&lt;/b&gt;\">on hold</span>"))
            #expect(page.contains("pinned to build 1 by ann\">pinned</span>"))
            #expect(try await steer(server, ("Ocuroot-Resume", "@prod"), ("Ocuroot-Unpin", "api")).status == 200)
            let after: StatusReport = try await server.get("/api/v1/status")
            #expect(after.packages.allSatisfy { $0.pin == nil && $0.hold == nil })
        }
    }

    @Test(arguments: [
        ("Ocuroot-Pin", "apii@prod=1", "there is no package 'apii' (did you mean 'api'?)"),
        ("Ocuroot-Pin", "api@prod=99", "api has no build '99'"), ("Ocuroot-Pinn", "x", "there is no trailer"),
        ("Ocuroot-Resume", "api@prod", "is on hold"), ("Ocuroot-Skip", "", "only a commit can be skipped"),
        ("Signed-off-by", "me", "none of our trailers"),
    ])
    func `what cannot be done is refused, and nothing of the request is`(
        token: String, value: String, detail: String
    ) async throws {
        try await TestServer.with { server in
            try await server.deliver(["api"], to: try await server.addRepo())
            let before = try await server.store.latestEvent()
            let answer = try await steer(
                server, ("Ocuroot-Hold", "api@prod"), ("Ocuroot-Resume", "api"), (token, value))
            #expect(answer.status == 422, "\(answer.text)")
            #expect(try answer.problem.code == "steering_refused")
            #expect(try answer.problem.detail.contains(detail))
            #expect(try await server.store.latestEvent() == before)
        }
    }

    @Test func `requests beyond their bounds make no sense`() async throws {
        try await TestServer.with { server in
            try await server.deliver(["api"], to: try await server.addRepo())
            #expect(try await steer(server).status == 400)
            #expect(try await steer(server, ("Ocuroot-Hold", "api"), by: "a\u{1B}[0m").status == 400)
            #expect(try await steer(server, ("Ocuroot-Hold", "api"), by: "").status == 400)
        }
    }

    @Test func `a Change and the page show the trailers that were refused`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            try await server.deliver(["api"], to: repo)
            let tip = try await server.store.refTips(repo)["refs/heads/main"]?.commit
            let commit = try TestServer.commit("b")
            let trailer = Trailer(token: "Ocuroot-Pinn", value: "api@prod=<1>")
            let new = NewChange(
                repo: repo, ref: "refs/heads/main", expected: tip, commit: commit, isForced: false, message: "x",
                author: "Ann <a@example.com>", patch: nil,
                commits: [
                    ChangeCommit(
                        commit: commit, author: "Ann <a@example.com>", committedAt: Date(), message: "x",
                        trailers: [trailer])
                ])
            let id = try #require(
                try await server.store.transaction(as: "source") { tx throws(StoreError) in
                    try await tx.recordChange(new)
                })
            let report: ChangeReport = try await server.get("/api/v1/changes/\(id)")
            #expect(report.steering.map(\.state) == [.refused])
            #expect(report.steering.first?.by == "Ann <a@example.com>")
            let page = try await server.send(.get, "/").text
            #expect(
                page.contains("Not applied:</strong> 'Ocuroot-Pinn: api@prod=&lt;1&gt;' in commit")
                    || page.contains("&#39;Ocuroot-Pinn: api@prod=&lt;1&gt;&#39; in commit"))
        }
    }
}
