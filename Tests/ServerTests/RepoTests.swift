import Foundation
import HTTPClient
import Model
import Store
import Testing

@testable import Server

@Suite struct RepoTests {
    @Test func `a repo is added once, listed and removed`() async throws {
        try await TestServer.with { server in
            let added = try await server.post("/api/v1/repos", RepoRequest(url: "file:///shop"))
            #expect(added.status == 201)
            let repo = try added.decoded(Repo.self)
            #expect(try await server.post("/api/v1/repos", RepoRequest(url: "file:///shop")).status == 409)
            #expect(try await server.get("/api/v1/repos", as: RepoList.self).repos.map(\.url) == ["file:///shop"])
            #expect(try await server.send(.delete, "/api/v1/repos/\(repo.id)").status == 204)
            #expect(try await server.get("/api/v1/repos", as: RepoList.self).repos.isEmpty)
        }
    }

    @Test func `a repo that cannot be read is refused, unless forced`() async throws {
        try await TestServer.with { server in
            let answer = try await server.post("/api/v1/repos", RepoRequest(url: TestServer.unreachable))
            #expect(answer.status == 422)
            let problem = try answer.problem
            #expect(problem.code == "repo_unreachable")
            #expect(problem.detail.contains("nothing is there"))
            let forced = try await server.post("/api/v1/repos", RepoRequest(url: TestServer.unreachable, force: true))
            #expect(forced.status == 201)
        }
    }

    @Test func `an announcement queues a look at the refs at once`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            for lease in try await server.store.claim(.source, holder: "test", limit: 9, lease: .seconds(9)) {
                try await server.store.finish(lease, .done)
            }
            #expect(try await server.store.nextDue(.source) == nil)
            let answer = try await server.post(
                "/api/v1/repos/\(repo)/announce", AnnounceRequest(ref: "refs/heads/main"))
            #expect(answer.status == 202)
            let claimed = try await server.store.claim(.source, holder: "test", limit: 9, lease: .seconds(9))
            #expect(claimed.map(\.key) == ["\(repo)"])
        }
    }

    @Test func `a refresh waits for a look that began after it`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            async let reply = server.post("/api/v1/refresh", RefreshRequest())
            let started = try await server.store.now()
            try await server.look(at: repo, startedAt: started - 60)
            try await server.look(at: repo, startedAt: started + 60)
            let looks = try await reply.decoded(RefreshReply.self).repos
            #expect(looks.map(\.repo) == ["/shop"])
            #expect(looks.first?.error == nil)
        }
    }

    @Test func `a refresh says which repo was not looked at in time`() async throws {
        let limits = ServerLimits(refreshTimeout: .milliseconds(50))
        try await TestServer.with(limits: limits) { server in
            _ = try await server.addRepo()
            let reply = try await server.post("/api/v1/refresh", RefreshRequest()).decoded(RefreshReply.self)
            #expect(reply.repos.first?.error == "its refs were not looked at in time")
        }
    }
}

extension TestServer {
    fileprivate func look(at repo: RepoID, startedAt: Date) async throws {
        try await store.transaction(as: "source") { tx throws(StoreError) in
            try await tx.recordLook(repo, error: nil, startedAt: startedAt)
        }
    }
}
