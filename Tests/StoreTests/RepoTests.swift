import Foundation
import Model
import Postgres
import Store
import Testing

struct RepoTests {
    @Test func `a URL is watched once, and again after its removal`() async throws {
        try await StoreFixture.with { fixture in
            let first = try await fixture.addRepo()
            let error = await #expect(throws: StoreError.self) { try await fixture.addRepo() }
            #expect(error?.code == .conflict)
            try await fixture.store.transaction(as: "cli") { tx throws(StoreError) in
                try await tx.removeRepo(first, mode: .refuse)
            }
            #expect(try await fixture.store.repo(first) == nil)
            let second = try await fixture.addRepo()
            #expect(second != first)
            #expect(try await fixture.store.repos().map(\.id) == [second])
        }
    }

    @Test func `a repo is found by id, name, URL and short URL`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo("https://example.com/acme/shop.git")
            try await fixture.deliver(try await fixture.push(repo), name: "acme-shop")
            for text in [repo.description, "acme-shop", "https://example.com/acme/shop.git", "example.com/acme/shop"] {
                #expect(try await fixture.store.repo(matching: text)?.id == repo, "by \(text)")
            }
            #expect(try await fixture.store.repo(matching: "other") == nil)
        }
    }

    @Test func `a look is news only when its error changed`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            func look(_ error: String?) async throws {
                let startedAt = try await store.now()
                try await store.transaction(as: "source") { tx throws(StoreError) in
                    try await tx.recordLook(repo, error: error, startedAt: startedAt)
                }
            }
            for error in [nil, nil, "no route to host", "no route to host", nil] { try await look(error) }
            let kinds = try await store.events(after: nil, limit: 100).map(\.kind)
            #expect(kinds == ["repo.added", "repo.unreachable", "repo.reachable"])
            #expect(try await store.repo(repo)?.lookedAt != nil)
        }
    }

    @Test func `a repo that was read is not told to be out of reach, whatever else is wrong with it`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            for problem in ["no room for previews", nil] as [String?] {
                try await store.transaction(as: "source") { tx throws(StoreError) in
                    try await tx.recordLook(
                        repo, error: nil, problem: problem, startedAt: Date(timeIntervalSince1970: 0))
                }
                #expect(try await store.repo(repo)?.error == problem)
            }
            let kinds = try await store.events(after: nil, limit: 100).map(\.kind)
            #expect(kinds == ["repo.added", "repo.limited", "repo.reachable"])
        }
    }

    @Test func `a ref that is passed over is known where it was seen last`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            for digit in ["1", "2"] {
                let commit = try #require(CommitID(hex: String(repeating: digit, count: 40)))
                try await store.transaction(as: "source") { tx throws(StoreError) in
                    try await tx.recordRefPassedOver(repo, "refs/tags/key", at: commit)
                }
                #expect(try await store.refTips(repo)["refs/tags/key"]?.commit == commit)
            }
        }
    }

    @Test func `a look that began before another is not the newer one`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            let (old, new) = (try await store.now(), try await store.now())
            for date in [new, old] {
                try await store.transaction(as: "source") { tx throws(StoreError) in
                    try await tx.recordLook(repo, error: nil, startedAt: date)
                }
            }
            #expect(try await store.repo(repo)?.lookedAt == new)
        }
    }

    @Test func `a repo with something deployed is removed only if it is said what becomes of that`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            let error = await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(as: "cli") { tx throws(StoreError) in
                    try await tx.removeRepo(repo, mode: .refuse)
                }
            }
            #expect(error?.code == .conflict)
            #expect(error?.subject == "shop", "by its name")
            #expect(error?.reason.hasPrefix("api is deployed in prod: say") == true)
            #expect(try await fixture.store.repo(repo) != nil)
            try await fixture.store.transaction(as: "cli") { tx throws(StoreError) in
                try await tx.removeRepo(repo, mode: .destroy)
            }
            #expect(try await fixture.queued(.sync) == [placement.description])
            #expect(try await fixture.status("api")?.state == .progressing)
            let destroy = try #require(try await fixture.sync(placement))
            let start = try await fixture.start(try await fixture.run(of: destroy))
            #expect(start.spec.kind == .destroy)
            #expect(start.spec.source.repo == repo)
            try await fixture.store.finishRun(start.spec.run, leaseToken: start.leaseToken, RunResult(error: nil))
            try await fixture.sync(placement)
            #expect(try await fixture.status("api") == nil)
        }
    }

    @Test func `what is orphaned is forgotten and never destroyed`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.store.transaction(as: "cli") { tx throws(StoreError) in
                try await tx.removeRepo(repo, mode: .orphan)
            }
            #expect(try await fixture.sync(placement) == nil)
            #expect(try await fixture.status("api") == nil)
            #expect(try await fixture.count("SELECT count(*) FROM deployment WHERE kind = 'destroy'") == 0)
        }
    }
}
