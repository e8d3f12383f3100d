import HTTPClient
import Model
import Store
import TestSupport
import Testing

@testable import Server

@Suite struct ChangeTests {
    private func request(_ repo: RepoID, commit: String? = nil, patch: String? = nil) throws -> ChangeRequest {
        let id = try commit.map { try #require(CommitID(hex: $0)) } ?? TestServer.commit("b")
        return ChangeRequest(
            repo: "\(repo)", ref: "refs/heads/main", commit: id, patch: patch.map { Base64Text.encode($0) },
            patchDescription: patch == nil ? nil : "try it")
    }

    @Test func `a patch for which the object store has no space is a 507, and no Change is recorded`() async throws {
        let disk = try ScriptedServer("disk.py", "size=1m")
        try await TestServer.with(disk: disk["path"]) { server in
            let repo = try await server.addRepo()
            let before = try await server.store.latestEvent()
            let large = String(repeating: "x", count: 2_000_000)
            let answer = try await server.post("/api/v1/changes", try request(repo, patch: large))
            #expect(answer.status == 507, "\(answer.text)")
            let problem = try answer.problem
            #expect(problem.code == "object_store_full")
            #expect(problem.detail.contains("no Change was recorded"))
            #expect(problem.detail.contains("No space left"))
            #expect(problem.hint?.contains("free space") == true)
            #expect(try await server.store.latestEvent() == before)
            #expect(try await server.store.refTips(repo).isEmpty)
            let small = try await server.post("/api/v1/changes", try request(repo, patch: "diff --git a/x b/x\n"))
            #expect(small.status == 201, "\(small.text)")
        }
    }

    @Test func `a commit that the remote does not have is refused before anything is recorded`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            let before = try await server.store.latestEvent()
            for patch in [nil, "diff --git a/x b/x\n"] {
                let request = try request(repo, commit: TestServer.unpushed, patch: patch)
                let problem = try await server.post("/api/v1/changes", request).problem
                #expect(problem.status == 422)
                #expect(problem.code == "commit_not_pushed")
                #expect(problem.hint?.contains("push it first") == true)
            }
            #expect(try await server.store.latestEvent() == before)
            #expect(try await server.store.refTips(repo).isEmpty)
        }
    }

    @Test func `a remote that cannot be asked for the commit is named with the reason`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo(TestServer.unreachable)
            let problem = try await server.post("/api/v1/changes", try request(repo)).problem
            #expect(problem.status == 409)
            #expect(problem.code == "remote_unreachable")
            #expect(problem.detail.contains("nothing is there"))
        }
    }
}
