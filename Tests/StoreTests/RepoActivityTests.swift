import Model
import Store
import TestSupport
import Testing

@Suite struct `What decides how often a repo is looked at` {
    private func look(_ repo: RepoID, _ store: StateStore, hasMoved: Bool) async throws {
        let now = try await store.now()
        try await store.transaction(as: "source") { tx throws(StoreError) in
            try await tx.recordLook(repo, error: nil, startedAt: now, hasMoved: hasMoved)
        }
    }

    private func announce(_ repo: RepoID, _ store: StateStore) async throws {
        try await store.transaction(as: "api") { tx throws(StoreError) in try await tx.announcePush(repo) }
    }

    @Test func `is when it moved, and whether moves were announced before they were found`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, store) = (try await fixture.addRepo(), fixture.store)
            #expect(try await store.activity(of: repo)?.sinceMove == nil)
            try await look(repo, store, hasMoved: false)
            for expected in 1...3 {
                try await announce(repo, store)
                #expect(try await store.activity(of: repo)?.isAnnounced == true)
                try await look(repo, store, hasMoved: true)
                let activity = try await store.activity(of: repo)
                #expect(activity?.announcedMoves == expected && activity?.isAnnounced == false)
                #expect(try #require(activity?.sinceMove) < .seconds(60))
            }
            try await look(repo, store, hasMoved: false)
            #expect(try await store.activity(of: repo)?.announcedMoves == 3)
            try await look(repo, store, hasMoved: true)
            #expect(try await store.activity(of: repo)?.announcedMoves == 0, "one came unannounced")
        }
    }

    @Test func `does not hurry one that waits for its turn`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, store) = (try await fixture.addRepo(), fixture.store)
            #expect(try await store.reposWithoutWork().isEmpty)
            let lease = try #require(try await store.claim(.source, holder: "t", limit: 1, lease: .seconds(9)).first)
            try await store.finish(lease, .done)
            #expect(try await store.reposWithoutWork() == [repo])
        }
    }
}
