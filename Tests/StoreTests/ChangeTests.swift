import Foundation
import Model
import Postgres
import Store
import Testing

struct ChangeTests {
    private func record(_ fixture: StoreFixture, _ change: NewChange) async throws -> ChangeID? {
        try await fixture.store.transaction(as: "source") { tx throws(StoreError) in try await tx.recordChange(change) }
    }

    private func change(
        _ fixture: StoreFixture, _ repo: RepoID, expected: CommitID?, patch: ChangePatch? = nil,
        commits: [ChangeCommit] = []
    ) -> NewChange {
        NewChange(
            repo: repo, ref: "refs/heads/main", expected: expected, commit: fixture.commit(), isForced: false,
            message: "Subject\n\nBody", author: "Ann <ann@example.com>", patch: patch, commits: commits)
    }

    @Test func `a Change is recorded only from where the ref was last seen`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let first = change(fixture, repo, expected: nil)
            #expect(try await record(fixture, first) != nil)
            #expect(try await record(fixture, change(fixture, repo, expected: nil)) == nil)
            #expect(try await record(fixture, change(fixture, repo, expected: fixture.commit())) == nil)
            #expect(try await record(fixture, change(fixture, repo, expected: first.commit)) != nil)
            #expect(try await fixture.store.refTips(repo)["refs/heads/main"]?.sequence == 2)
            #expect(try await fixture.queued(.deliver) == [repo.description])
        }
    }

    @Test func `of sources that record the same move at once one succeeds`() async throws {
        try await StoreFixture.with(maxConnections: 8) { fixture in
            let repo = try await fixture.addRepo()
            let recorded = try await withThrowingTaskGroup(of: ChangeID?.self) { group in
                for _ in 0..<8 {
                    let new = change(fixture, repo, expected: nil)
                    group.addTask { try await record(fixture, new) }
                }
                return try await group.reduce(into: [ChangeID]()) { if let id = $1 { $0.append(id) } }
            }
            #expect(recorded.count == 1)
            #expect(try await fixture.count("SELECT count(*) FROM change") == 1)
        }
    }

    @Test func `a newer push takes the place of what was not delivered, a patch takes nobody's`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            let first = try await fixture.push(repo)
            let patch = ChangePatch(hash: String(repeating: "a", count: 64), description: "1 file changed")
            let patched = try #require(
                try await record(fixture, change(fixture, repo, expected: first.commit, patch: patch)))
            #expect(try await store.refTips(repo)["refs/heads/main"] == RefTip(commit: first.commit, sequence: 2))
            let told = try await store.events(after: nil, limit: 10).map(\.message)
            #expect(told.filter { $0.contains(" with a patch: ") }.count == 1, "\(told)")
            #expect(try await store.undelivered(repo).map(\.id) == [first.id, patched])
            try await store.transaction(as: "deliver") { tx throws(StoreError) in
                try await tx.failChange(first.id, error: "no repo.ocu.star")
            }
            #expect(try await store.repo(repo)?.error == "no repo.ocu.star")
            let third = try await fixture.push(repo)
            #expect(try await store.undelivered(repo).map(\.id) == [patched, third.id])
            #expect(try await store.change(first.id)?.state == .superseded)
            #expect(try await store.change(patched)?.patch == patch)
        }
    }

    @Test func `a patch that could not be delivered is given up once anything newer comes`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            let first = try await fixture.push(repo)
            _ = try await fixture.deliver(first)
            var failed: [ChangeID] = []
            for letter in ["a", "b"] {
                let patch = ChangePatch(hash: String(repeating: letter, count: 64), description: "1 file changed")
                let patched = try #require(
                    try await record(fixture, change(fixture, repo, expected: first.commit, patch: patch)))
                try await store.transaction(as: "deliver") { tx throws(StoreError) in
                    try await tx.failChange(patched, error: "repo.ocu.star is wrong")
                }
                failed.append(patched)
            }
            try await fixture.finishAllWork()
            #expect(try await store.undelivered(repo).map(\.id) == [failed[1]])
            #expect(try await store.settlement().failures.count == 1)
            let third = try await fixture.push(repo, ref: "refs/heads/other")
            #expect(try await store.undelivered(repo).map(\.id) == [third.id])
            _ = try await fixture.deliver(third)
            try await fixture.finishAllWork()
            #expect(try await store.settlement().failures.isEmpty)
        }
    }

    @Test func `the commits of a push keep their order and trailers`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let commits = (1...3).map { number in
                ChangeCommit(
                    commit: fixture.commit(), author: "Ann", committedAt: Date(timeIntervalSince1970: Double(number)),
                    message: "Commit \(number)\0", trailers: [Trailer(token: "Ocuroot-Pin", value: "api \(number)")])
            }
            let id = try #require(try await record(fixture, change(fixture, repo, expected: nil, commits: commits)))
            let read = try await fixture.store.commits(of: id)
            #expect(read.map(\.commit) == commits.map(\.commit))
            #expect(read.map(\.trailers) == commits.map(\.trailers))
            #expect(read.first?.committedAt == commits.first?.committedAt)
        }
    }

    @Test func `a deleted ref can come back`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            _ = try await fixture.push(repo)
            try await store.transaction(as: "source") { tx throws(StoreError) in
                try await tx.recordRefDeleted(repo, "refs/heads/main")
            }
            #expect(try await store.refTips(repo)["refs/heads/main"]?.commit == nil)
            let back = try await fixture.push(repo)
            #expect(back.previous == nil)
            #expect(back.sequence == 2)
        }
    }
}
