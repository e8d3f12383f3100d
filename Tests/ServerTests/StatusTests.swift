import Foundation
import HTTPClient
import Model
import Store
import Testing

@testable import Server

@Suite struct StatusTests {
    @Test(arguments: [
        ("repo=nosuch", "there is no repo 'nosuch'", "there is shop"),
        ("package=apii", "there is no package 'apii'", "there are api, db"),
        ("package=api&environment=prdo", "there is no environment 'prdo'", "there is prod"),
    ])
    func `a name that was never here is not nothing to do`(query: String, detail: String, hint: String) async throws {
        try await TestServer.with { server in
            try await server.deliver(["db", "api"], to: try await server.addRepo())
            try await server.endAllWork()
            for path in ["/api/v1/status", "/api/v1/settlement"] {
                let answer = try await server.send(.get, "\(path)?\(query)")
                #expect(answer.status == 404, "\(answer.text)")
                #expect(try answer.problem.detail == detail)
                #expect(try answer.problem.hint == hint)
            }
        }
    }

    @Test func `sync refuses a name that was never here`() async throws {
        try await TestServer.with { server in
            try await server.deliver(["api"], to: try await server.addRepo())
            for retry in [true, false] {
                let answer = try await server.post("/api/v1/sync", SyncRequest(package: "apii", retry: retry))
                #expect(answer.status == 404)
                #expect(try answer.problem.detail == "there is no package 'apii'")
            }
            #expect(try await server.post("/api/v1/sync", SyncRequest(package: "api", retry: true)).status == 200)
        }
    }

    @Test func `a repo that is known and has delivered nothing is empty`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            try await server.endAllWork()
            let report: StatusReport = try await server.get("/api/v1/status?repo=\(repo)")
            #expect(report.packages.isEmpty)
            let settlement: Settlement = try await server.get("/api/v1/settlement?repo=\(repo)")
            #expect(settlement.isSettled)
            let answer = try await server.send(.get, "/api/v1/status?package=api")
            #expect(try answer.problem.hint?.contains("ocuroot repo list") == true)
        }
    }

    @Test func `details add what is not well, and the report alone stays as it is specified`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            try await server.deliver(["api"], to: repo)
            try await server.store.transaction(as: "source") { tx throws(StoreError) in
                try await tx.recordLook(repo, error: "the remote is away", startedAt: Date())
            }
            let details: StatusDetails = try await server.get("/api/v1/status?details=true")
            #expect(details.failures == ["shop: the remote is away"])
            #expect(details.report.packages.map(\.package) == ["api"])
            #expect(details.patchedBuilds.isEmpty)
            let plain = try await server.send(.get, "/api/v1/status")
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(plain.body)) as? [String: Any])
            #expect(object.keys.sorted() == ["at", "packages"])
        }
    }
}

extension TestServer {
    /// Closes everything that is queued for controllers that do not run here, and the Runs with it.
    fileprivate func endAllWork() async throws {
        for run in try await store.runs(RunFilter(limit: 100)) where run.run.state == .queued {
            let prepared = try await store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.prepareStart(run.run.id)
            }
            let token = try #require(prepared)
            let start = try await send(.post, "/api/v1/runs/\(run.run.id)/start", token: token)
            let lease = try start.decoded(RunStart.self).leaseToken
            _ = try await post("/api/v1/runs/\(run.run.id)/result", RunResult(error: nil), token: lease)
        }
        for controller: ControllerName in [.source, .deliver, .promote, .sync, .dispatch] {
            for lease in try await store.claim(controller, holder: "test", limit: 100, lease: .seconds(30)) {
                try await store.finish(lease, .done)
            }
        }
    }
}
