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

    @Test(arguments: ["group/name", "group%2Fname", "sub/group/name", "https%3A%2F%2Fexample.com%2Fshop.git", "o1"])
    func `a repo is removed by its name, slashes plain or encoded`(path: String) async throws {
        try await TestServer.with { server in
            let url =
                path.hasPrefix("https")
                ? "https://example.com/shop.git" : "ssh://\(path.removingPercentEncoding ?? path)"
            _ = try await server.addRepo(path == "o1" ? "file:///shop" : url)
            let announced = try await server.send(.post, "/api/v1/repos/\(path)/announce")
            #expect(announced.status == 202, "\(announced.text)")
            let removed = try await server.send(.delete, "/api/v1/repos/\(path)?mode=refuse")
            #expect(removed.status == 204, "\(removed.text)")
            #expect(try await server.get("/api/v1/repos", as: RepoList.self).repos.isEmpty)
        }
    }

    @Test func `which refs are delivered can be changed, and what git does not allow is refused`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo("file:///shop")
            func change(_ refs: [RefPattern]) async throws -> HTTPResponse {
                let body = try JSONText.encode(RepoChangeRequest(refs: refs))
                return try await server.send(.patch, "/api/v1/repos/\(repo)", body: .bytes(Array(body)))
            }
            let changed = try await change(["refs/heads/release/*", "refs/tags/v*", "refs/tags/v*"])
            #expect(try changed.decoded(Repo.self).refs == ["refs/heads/release/*", "refs/tags/v*"])
            let refused = try await change(["refs/heads/a b*"])
            #expect(refused.status == 422)
            #expect(try refused.problem.detail.contains("it contains a space"), "\(refused.text)")
            #expect(try await server.get("/api/v1/repos", as: RepoList.self).repos.first?.refs.count == 2)
            #expect(try await change([]).decoded(Repo.self).refs.isEmpty)
        }
    }

    @Test func `a name that is not watched or cannot be read is said so`() async throws {
        try await TestServer.with { server in
            let missing = try await server.send(.delete, "/api/v1/repos/group/name").problem
            #expect(missing.status == 404)
            #expect(missing.detail == "there is no repo 'group/name'")
            #expect(try await server.send(.delete, "/api/v1/repos/%FF").status == 400)
        }
    }

    @Test func `a password in a URL is kept as a credential, and the URL without it`() async throws {
        try await TestServer.with { server in
            let added = try await server.post(
                "/api/v1/repos", RepoRequest(url: "https://ada:hunter2@example.com/shop.git"))
            #expect(try added.decoded(Repo.self).url == "https://example.com/shop.git")
            #expect(!added.text.contains("ada"))
            let opened = try await server.store.openCredentials(for: "https://example.com/shop.git")
            #expect(opened.map(\.form) == [CredentialForm(.password, user: "ada", secret: "hunter2")])
            let again = try await server.post(
                "/api/v1/repos", RepoRequest(url: "https://eve:guess@example.com/shop.git"))
            #expect(again.status == 409)
            #expect(try await server.store.openCredentials(for: "https://example.com/shop").isEmpty)
        }
    }

    @Test func `a password in a URL is kept for fetching and shown to nobody, without a master key too`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true, hasKey: false) { server in
            let url = "https://ada:hunter2@example.com/shop.git"
            let shown = "https://ada:***@example.com/shop.git"
            let added = try await server.post("/api/v1/repos", RepoRequest(url: url))
            #expect(try added.decoded(Repo.self).url == shown)
            let list = try await server.get("/api/v1/repos", as: RepoList.self).repos
            #expect(list.map(\.url) == [shown])
            #expect(try await server.store.repos().map(\.url) == [url])
            let again = try await server.post("/api/v1/repos", RepoRequest(url: url))
            for path in ["/", "/tables", "/api/v1/status", "/api/v1/events"] {
                let answer = try await server.send(.get, path)
                #expect(answer.status == 200)
                #expect(!answer.text.contains("hunter2"), "\(path)")
            }
            #expect(!again.text.contains("hunter2") && !added.text.contains("hunter2"))
            // The URL as it is shown names the repo too.
            let encoded = "https%3A%2F%2Fada:***@example.com%2Fshop.git"
            #expect(try await server.send(.delete, "/api/v1/repos/\(encoded)").status == 204)
            let events = try await server.send(.get, "/api/v1/events")
            #expect(events.text.contains("repo.removed") && !events.text.contains("hunter2"))
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

    @Test(arguments: [
        "main", "refs/heads/-x", "refs/heads/a..b", "refs/heads/a b", "refs/heads/a\u{1}", "refs/heads/a~1",
        "refs/heads/[a]", "*", "refs/heads/a@{0}", "refs/heads/a.lock", "refs/heads/a/", "refs/heads/" + Self.long, "",
    ])
    func `a ref that git does not allow is refused, and nothing is stored`(ref: String) async throws {
        try await TestServer.with { server in
            let refs: [RefPattern] = ["refs/heads/main", RefPattern(ref)]
            let answer = try await server.post(
                "/api/v1/repos", RepoRequest(url: "file:///shop", refs: refs, force: true))
            #expect(answer.status == 422)
            let problem = try answer.problem
            #expect(problem.code == "invalid_ref")
            #expect(problem.detail.hasPrefix("refs[1]: '"), "\(problem.detail)")
            #expect(problem.hint?.contains("refs/heads/main") == true)
            #expect(try await server.get("/api/v1/repos", as: RepoList.self).repos.isEmpty)
        }
    }

    private static let long = String(repeating: "x", count: 300)

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

    @Test func `a refresh knows a repo that was just added by the name that it declares`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addRepo()
            async let reply = server.post("/api/v1/refresh", RefreshRequest(repo: "shop"))
            try await server.deliver(["api"], to: repo)
            try await server.look(at: repo, startedAt: try await server.store.now() + 60)
            #expect(try await reply.decoded(RefreshReply.self).repos.map(\.repo) == ["shop"])
        }
    }

    @Test func `an unknown name is waited for only while a repo has not said its own`() async throws {
        let (clock, patience) = (ContinuousClock(), Duration.seconds(2))
        try await TestServer.with(limits: ServerLimits(refreshTimeout: patience)) { server in
            let repo = try await server.addRepo()
            var start = clock.now
            #expect(try await server.post("/api/v1/refresh", RefreshRequest(repo: "shop")).status == 404)
            #expect(clock.now - start >= patience)

            try await server.deliver(["api"], to: repo)
            start = clock.now
            #expect(try await server.post("/api/v1/refresh", RefreshRequest(repo: "shoop")).status == 404)
            #expect(clock.now - start < patience)
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
