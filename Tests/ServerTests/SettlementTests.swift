import HTTPClient
import Model
import Store
import Testing

@testable import Server

@Suite struct SettlementTests {
    @Test func `nothing to do is settled at once`() async throws {
        try await TestServer.with { server in
            let settlement: Settlement = try await server.get("/api/v1/settlement?wait=30")
            #expect(settlement.isSettled)
        }
    }

    @Test func `a waiting caller is answered when the time is up`() async throws {
        try await TestServer.with { server in
            try await server.deliver(["api"], to: try await server.addRepo())
            let clock = ContinuousClock()
            let start = clock.now
            let settlement: Settlement = try await server.get("/api/v1/settlement?wait=0.3")
            #expect(!settlement.isSettled)
            #expect(!settlement.unfinished.isEmpty)
            #expect(clock.now - start >= .milliseconds(300))
        }
    }

    @Test func `a waiting caller is answered as soon as the last thing has ended`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            let change = try await server.deliver(["api"], to: repo)
            let run = try await server.queuedRun(of: change)
            async let settlement: Settlement = server.get("/api/v1/settlement?wait=60")
            let start = try await server.send(.post, "/api/v1/runs/\(run.id)/start", token: run.token)
            let lease = try start.decoded(RunStart.self).leaseToken
            _ = try await server.post(
                "/api/v1/runs/\(run.id)/result", RunResult(error: "no luck"), token: lease)
            try await server.finishAllWork()
            let clock = ContinuousClock()
            let end = clock.now
            let answer = try await settlement
            #expect(answer.isSettled)
            #expect(answer.failures.contains { $0.contains("api") })
            #expect(clock.now - end < .seconds(5))
        }
    }

    @Test func `a change is reported once it is built`() async throws {
        try await TestServer.with { server in
            let change = try await server.deliver(["api"], to: try await server.addRepo())
            let run = try await server.queuedRun(of: change)
            let early: ChangeReport = try await server.get("/api/v1/changes/\(change)")
            #expect(!early.isBuilt)
            async let late: ChangeReport = server.get("/api/v1/changes/\(change)?wait=60")
            let start = try await server.send(.post, "/api/v1/runs/\(run.id)/start", token: run.token)
            let lease = try start.decoded(RunStart.self).leaseToken
            _ = try await server.post("/api/v1/runs/\(run.id)/result", RunResult(error: nil), token: lease)
            let report = try await late
            #expect(report.isBuilt)
            #expect(report.builds.map(\.package) == ["api"])
        }
    }
}

extension TestServer {
    /// Closes everything that is queued for controllers that do not run here.
    fileprivate func finishAllWork() async throws {
        for controller: ControllerName in [.source, .deliver, .promote, .sync, .dispatch] {
            for lease in try await store.claim(controller, holder: "test", limit: 100, lease: .seconds(30)) {
                try await store.finish(lease, .done)
            }
        }
    }
}
