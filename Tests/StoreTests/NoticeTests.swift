import Cryptography
import Model
import Postgres
import Store
import TestSupport
import Testing

struct NoticeTests {
    private func with(_ body: (StoreFixture, StateStore) async throws -> Void) async throws {
        try await StoreFixture.with { fixture in
            try await body(fixture, StateStore(pool: fixture.pool, keys: try KeyRing([.random()])))
        }
    }

    private func target(
        _ store: StateStore, repo: RepoID? = nil, credentials: NoticeCredentials = .init(token: Secret("t0ken"))
    ) async throws -> NoticeTargetID {
        let new = NewNoticeTarget(
            kind: .githubStatus, repo: repo, address: "https://api.github.com", project: "acme/shop",
            credentials: credentials)
        return try await store.transaction(as: "api") { tx throws(StoreError) in try await tx.addNoticeTarget(new) }
    }

    private func facts(_ store: StateStore, _ kind: String) async throws -> NoticeFacts {
        let reading = try #require(try await store.noticeReading(limit: 1000))
        return try #require(reading.events.last { $0.event.kind == kind }, "\(reading.events.map(\.event.kind))")
    }

    @Test func `an event is read with the names of what it concerns, and how that fares by now`() async throws {
        try await with { fixture, store in
            _ = try await target(store)
            let (repo, placement) = try await fixture.deployedShop()
            let build = try await fixture.newestBuild("api")
            let queued = try await facts(store, "build.queued")
            #expect(queued.repo == repo && queued.event.repo == "shop" && queued.event.package == "api")
            #expect(queued.event.environment == nil && queued.buildState == .succeeded)
            #expect(queued.event.commit == build.commit && queued.event.build?.sequence == build.sequence)
            #expect(queued.event.subject == "Change it" && queued.event.author == "Ann <ann@example.com>")

            let started = try await facts(store, "deployment.started")
            #expect(started.event.package == "api" && started.event.environment == "prod")
            #expect(started.event.build?.id == build.id && started.isTarget && started.isDeployed)
            let attempt = NoticeFacts.Attempt(kind: .deploy, state: .succeeded, error: nil, generation: 1)
            #expect(started.attempt == attempt && started.generation == 1)

            try await store.transaction(as: "sync") { tx throws(StoreError) in
                try await tx.setCondition(placement, SyncCondition(kind: .blocked, reason: "no input"), observed: nil)
            }
            let blocked = try await facts(store, "placement.blocked")
            #expect(blocked.condition?.reason == "no input" && blocked.event.build?.id == build.id)
        }
    }

    @Test func `once something else should run there, an event of before tells of its own build`() async throws {
        try await with { fixture, store in
            _ = try await target(store)
            let (repo, placement) = try await fixture.deployedShop()
            let first = try await fixture.newestBuild("api")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            let second = try await fixture.build("api")
            try await fixture.aim(placement, at: second)
            let facts = try await facts(store, "deployment.succeeded")
            #expect(facts.event.build?.id == first.id && !facts.isTarget && !facts.isDeployed)
            #expect(facts.attempt?.state == .succeeded && facts.event.commit == first.commit)
        }
    }

    @Test func `credentials are sealed for their target, and nothing that is shown holds them`() async throws {
        try await with { fixture, store in
            let id = try await target(
                store, credentials: .init(url: Secret("https://h/s3cret"), token: Secret("t0ken")))
            let found = try #require(try await store.noticeCredentials(id))
            #expect(found.url?.text == "https://h/s3cret" && found.token?.text == "t0ken" && found.signing == nil)
            let targets = try await store.noticeTargets()
            #expect(!"\(found)".contains("s3cret") && !"\(targets)".contains("t0ken"))
            let stored: [[UInt8]] = try await fixture.pool.query("SELECT credentials FROM notice_target").column()
            #expect(!String(decoding: stored[0], as: UTF8.self).contains("t0ken"))
            let other = try await target(store)
            try await fixture.pool.execute(
                """
                UPDATE notice_target SET credentials = (SELECT credentials FROM notice_target WHERE id = \(id))
                WHERE id = \(other)
                """)
            await #expect(throws: StoreError.self) { _ = try await store.noticeCredentials(other) }
        }
    }

    @Test func `without a master key no target is added`() async throws {
        try await with { fixture, _ in
            let error = await #expect(throws: StoreError.self) { _ = try await target(fixture.store) }
            #expect(error?.code == .noMasterKey)
            let targets = try await fixture.store.noticeTargets()
            #expect(targets.isEmpty)
        }
    }

    @Test func `after a rotation credentials are sealed under the new key`() async throws {
        try await StoreFixture.with { fixture in
            let (older, newer) = (try SymmetricKey.random(), try SymmetricKey.random())
            let id = try await target(StateStore(pool: fixture.pool, keys: try KeyRing([older])))
            let both = StateStore(pool: fixture.pool, keys: try KeyRing([newer, older]))
            #expect(try await both.resealNoticeCredentials().resealed == 1)
            #expect(try await both.resealNoticeCredentials().resealed == 0)
            let rotated = StateStore(pool: fixture.pool, keys: try KeyRing([newer]))
            #expect(try await rotated.noticeCredentials(id)?.token == Secret("t0ken"))
        }
    }

    @Test func `what ended long ago is dropped when something new is recorded`() async throws {
        try await with { fixture, store in
            let id = try await target(store)
            try await fixture.pool.execute(
                """
                INSERT INTO notice (target_id, key, subject, payload, state, ended_at, event_id)
                SELECT \(id), n::text, '', '{}', 'sent', now() - n * interval '1 day', 1
                FROM generate_series(80, 99) AS n
                """)
            let cursor: EventID = try await fixture.pool.query("SELECT event_id FROM notice_cursor").one()["event_id"]
            try await store.transaction(as: "notify") { tx throws(StoreError) in
                try await tx.recordNotices([], from: cursor, to: cursor)
            }
            #expect(try await fixture.count("SELECT count(*) FROM notice") == 10)
        }
    }
}
