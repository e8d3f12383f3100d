import Foundation
import Model
import Postgres
import Store
import Testing

struct RunTests {
    /// A store with a pushed repo, and the Run that builds its one package.
    private func withBuildRun(_ body: (StoreFixture, RunID) async throws -> Void) async throws {
        try await StoreFixture.with(maxConnections: 8) { fixture in
            try await fixture.deliver(try await fixture.push(try await fixture.addRepo()), packages: [.named("api")])
            let runs = try await fixture.store.runs(RunFilter())
            try await body(fixture, try #require(runs.first).run.id)
        }
    }

    private func expectLost(_ call: () async throws -> Void) async throws {
        let error = await #expect(throws: StoreError.self) { try await call() }
        #expect(error?.code == .leaseLost)
    }

    @Test func `of runners that start a Run at once one gets it`() async throws {
        try await withBuildRun { fixture, run in
            let store = fixture.store
            let token = try #require(
                try await store.transaction(as: "dispatch") { tx throws(StoreError) in try await tx.prepareStart(run) })
            let started = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        do throws(StoreError) {
                            _ = try await store.startRun(
                                run, startToken: token, holder: "r\(number)", lease: .seconds(30))
                            return 1
                        } catch {
                            #expect(error.code == .conflict)
                            return 0
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(started == 1)
            #expect(try await fixture.newestBuild("api").state == .running)
        }
    }

    @Test func `a start token works once, and a newer one voids it`() async throws {
        try await withBuildRun { fixture, run in
            let store = fixture.store
            func prepare() async throws -> String? {
                try await store.transaction(as: "dispatch") { tx throws(StoreError) in try await tx.prepareStart(run) }
            }
            let (old, new) = (try #require(try await prepare()), try #require(try await prepare()))
            for token in [old, "nonsense", ""] {
                let error = await #expect(throws: StoreError.self) {
                    try await store.startRun(run, startToken: token, holder: "r", lease: .seconds(30))
                }
                #expect(error?.code == .conflict)
            }
            let start = try await store.startRun(run, startToken: new, holder: "r", lease: .seconds(30))
            #expect(start.spec.package == "api" && start.spec.leaseSeconds == 30)
            #expect(try await prepare() == nil)
            let stored: [String] = try await fixture.pool.query(
                "SELECT run::text FROM run WHERE run::text LIKE '%' || \(start.leaseToken) || '%'"
            ).column()
            #expect(stored.isEmpty)
        }
    }

    @Test func `a result that is posted twice counts once`() async throws {
        try await withBuildRun { fixture, run in
            let start = try await fixture.start(run)
            let result = RunResult(error: nil, outputs: ["image": .string("api:1")], alias: "v1")
            for _ in 1...2 { try await fixture.store.finishRun(run, leaseToken: start.leaseToken, result) }
            let build = try await fixture.newestBuild("api")
            #expect(build.state == .succeeded && build.alias == "v1" && build.attributes["image"] == .string("api:1"))
            let kinds = try await fixture.store.events(after: nil, limit: 100).map(\.kind)
            #expect(kinds.filter { $0 == "build.succeeded" }.count == 1)
            #expect(try await fixture.queued(.promote) == [try await fixture.package("api").description])
        }
    }

    @Test func `why a log is not complete is kept once, on the run and as an event`() async throws {
        try await withBuildRun { fixture, run in
            let start = try await fixture.start(run)
            for reason in ["the disk is full", "the disk is full again"] {
                try await fixture.store.recordLogError(run, leaseToken: start.leaseToken, reason)
            }
            #expect(try await fixture.store.runs(RunFilter()).first?.logError == "the disk is full")
            let events = try await fixture.store.events(after: nil, limit: 100).filter {
                $0.kind == "run.log_incomplete"
            }
            #expect(events.map(\.message) == ["the log of \(run) is not complete: the disk is full"])
        }
    }

    @Test func `a runner that was given up is told so at every call, and changes nothing`() async throws {
        try await withBuildRun { fixture, run in
            let store = fixture.store
            let start = try await fixture.start(run)
            let token = start.leaseToken
            try await store.heartbeat(run, leaseToken: token, lease: .seconds(30))
            #expect(try await store.recordLog(run, leaseToken: token, offset: 0, count: 10) == 0)
            #expect(try await store.recordLog(run, leaseToken: token, offset: 0, count: 10) == 10)
            try await store.loseRun(run, attempt: 1, reason: "it fell silent")
            try await expectLost { try await store.heartbeat(run, leaseToken: token, lease: .seconds(30)) }
            try await expectLost { try await store.checkLease(run, leaseToken: token) }
            try await expectLost { try await store.recordLog(run, leaseToken: token, offset: 10, count: 1) }
            try await expectLost { try await store.recordLogError(run, leaseToken: token, "full") }
            try await expectLost { try await store.finishRun(run, leaseToken: token, RunResult(error: nil)) }
            #expect(try await fixture.newestBuild("api").state == .pending)
            // The second attempt's log goes behind the first one's.
            let second = try await fixture.start(run)
            #expect(try await store.checkLease(run, leaseToken: second.leaseToken) == 10)
        }
    }

    @Test func `a build survives two lost runners and fails with the third`() async throws {
        try await withBuildRun { fixture, run in
            let store = fixture.store
            for attempt in 1...2 {
                _ = try await fixture.start(run)
                try await store.loseRun(run, attempt: attempt, reason: "killed")
                #expect(try await store.run(run)?.state == .queued)
                #expect(try await store.launch(of: run) == nil)
            }
            try await store.loseRun(run, attempt: 1, reason: "an old story")
            #expect(try await store.run(run)?.state == .queued)
            try await store.loseRun(run, attempt: 2, reason: "it did not even start")
            #expect(try await store.run(run)?.state == .failed)
            let build = try await fixture.newestBuild("api")
            #expect(build.error == "the runner was lost: it did not even start")
        }
    }

    @Test func `a heartbeat in time keeps a Run from being taken back`() async throws {
        try await withBuildRun { fixture, run in
            let store = fixture.store
            let start = try await fixture.start(run)
            #expect(try await !store.isSilent(run))
            try await fixture.pool.execute("UPDATE run SET lease_expires = now() - interval '1 second'")
            #expect(try await store.isSilent(run))
            #expect(try await store.expiredRuns(limit: 10).isEmpty, "Dispatch is to look at it")
            try await fixture.finishAllWork()
            #expect(try await store.expiredRuns(limit: 10).map(\.id) == [run])
            try await store.heartbeat(run, leaseToken: start.leaseToken, lease: .seconds(30))
            try await store.loseRun(run, attempt: 1, reason: "silent", onlyIfExpired: true)
            #expect(try await store.run(run)?.state == .running)
            try await fixture.pool.execute("UPDATE run SET lease_expires = now() - interval '1 second'")
            try await store.loseRun(run, attempt: 1, reason: "silent", onlyIfExpired: true)
            #expect(try await store.run(run)?.state == .queued)
        }
    }

    @Test func `an alias belongs to one build of a package`() async throws {
        try await withBuildRun { fixture, run in
            try await fixture.finish(run, RunResult(error: nil, alias: "v1"))
            let repo = try #require(try await fixture.store.repos().first).id
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            let second = try await fixture.build("api", RunResult(error: nil, alias: "v1"))
            #expect(second.state == .failed)
            #expect(second.error == "the alias 'v1' belongs to build 1 already")
            let runs = try await fixture.store.runs(RunFilter(build: second.id))
            #expect(runs.first?.run.state == .failed)
        }
    }

    @Test func `what cannot be stored is a failure of the build, not of the server`() async throws {
        try await withBuildRun { fixture, run in
            try await fixture.finish(run, RunResult(error: nil, outputs: ["a": .array([.string("x\0y")])]))
            let build = try await fixture.newestBuild("api")
            #expect(build.state == .failed && build.error?.contains("NUL") == true)
        }
    }

    @Test func `builds that end out of order leave the newest as the last`() async throws {
        try await withBuildRun { fixture, first in
            let repo = try #require(try await fixture.store.repos().first).id
            let slow = try await fixture.start(first)
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            #expect(try await fixture.store.outstanding(repo).count == 1)
            let second = try await fixture.build("api")
            #expect(try await fixture.store.outstanding(repo).isEmpty)
            try await fixture.store.finishRun(first, leaseToken: slow.leaseToken, RunResult(error: nil))
            let record = try await fixture.store.packageFiles(repo, watching: nil).first?.packages.first
            #expect(record?.lastBuild?.id == second.id)
            #expect(record?.isOutstanding == false)
        }
    }

    @Test func `a person's runner takes a Run without a token`() async throws {
        try await withBuildRun { fixture, run in
            let start = try await fixture.store.claimRun(run, holder: "laptop", lease: .seconds(30))
            #expect(start.spec.run == run)
            let error = await #expect(throws: StoreError.self) {
                try await fixture.store.claimRun(run, holder: "other", lease: .seconds(30))
            }
            #expect(error?.code == .conflict)
            let missing = await #expect(throws: StoreError.self) {
                try await fixture.store.claimRun(RunID(rawValue: 999), holder: "other", lease: .seconds(30))
            }
            #expect(missing?.code == .notFound)
        }
    }

    @Test func `the processes of a machine are found again`() async throws {
        try await withBuildRun { fixture, run in
            let launch = RunLaunch(host: "h1", boot: "b", pid: 7, startTicks: 99)
            try await fixture.store.transaction(as: "dispatch") { tx throws(StoreError) in
                try await tx.recordLaunch(run, launch)
            }
            #expect(try await fixture.store.launches(host: "h1").map(\.1) == [launch])
            #expect(try await fixture.store.launches(host: "h2").isEmpty)
            #expect(try await fixture.store.unfinishedRuns() == [run])
        }
    }
}
