import Foundation
import Model
import Postgres
import Store
import Testing

/// What must stay cheap when there is much: measured, with bounds that a slow machine still keeps.
@Suite(.serialized)
struct ScaleTests {
    private static let packageCount = 5_000

    /// A repo with 5,000 packages, delivered in one batch.
    private func withManyPackages(
        environments: [EnvironmentDeclaration] = [.named("prod")], _ body: (StoreFixture, RepoID) async throws -> Void
    ) async throws {
        // One connection, so that the statistics of what it read are complete.
        try await StoreFixture.with(maxConnections: 1) { fixture in
            let repo = try await fixture.addRepo()
            let packages = (0..<Self.packageCount).map { number in
                PackageDeclaration.named(
                    PackageName("package-\(number)"), path: "services/\(number)", functions: [.build, .deploy],
                    loads: [
                        LoadedFile(path: "tools/\(number % 50).star", chain: ["services/\(number)/package.ocu.star"])
                    ])
            }
            let change = try await fixture.push(repo)
            let clock = ContinuousClock()
            let time = try await clock.measure {
                let summary = try await fixture.deliver(change, environments: environments, packages: packages)
                #expect(summary.builds == Self.packageCount)
            }
            print("delivering \(Self.packageCount) packages took \(time)")
            #expect(time < .seconds(60))
            try await body(fixture, repo)
        }
    }

    /// Makes all builds succeed and all placements run them, by brute force.
    private func deployAll(_ fixture: StoreFixture) async throws {
        try await fixture.pool.withConnection { connection in
            try await connection.executeScript(
                """
                UPDATE run SET state = 'succeeded', finished_at = now() WHERE state = 'queued';
                UPDATE build SET state = 'succeeded', finished_at = now();
                UPDATE package SET last_build_id = newest_build_id, is_outstanding = false;
                INSERT INTO target (placement_id, generation, build_id, is_running, reason)
                    SELECT p.id, 1, k.last_build_id, true, 'all' FROM placement p JOIN package k ON k.id = p.package_id;
                INSERT INTO deployment (placement_id, generation, attempt, kind, build_id, state, outputs, finished_at)
                    SELECT placement_id, 1, 1, 'deploy', build_id, 'succeeded', '{"url": "http://x", "port": 80}', now()
                    FROM target;
                INSERT INTO decision (placement_id, build_id, answer)
                    SELECT placement_id, build_id, '{"ready": {"inputs": {}, "validAfterSeconds": 0}}' FROM target;
                UPDATE placement p SET generation = 1, observed_generation = 1, target_id = t.id, deployed_id = d.id
                    FROM target t, deployment d WHERE t.placement_id = p.id AND d.placement_id = p.id;
                DELETE FROM work;
                ANALYZE;
                """)
        }
    }

    @Test func `5,000 packages are delivered in one batch, and 3 of them cost 3`() async throws {
        try await withManyPackages { fixture, repo in
            let change = try await fixture.push(repo)
            let affected: [PackageName] = ["package-7", "package-8", "package-9"]
            let before = try await fixture.count("SELECT count(*) FROM event")
            let clock = ContinuousClock()
            let time = try await clock.measure {
                let files = try await fixture.store.packageFiles(repo, watching: ["services/7/a", "services/8/b"])
                #expect(files.count == 2)
                try await fixture.deliver(change, affected: affected)
            }
            print("delivering 3 of \(Self.packageCount) packages took \(time)")
            #expect(try await fixture.store.builds(of: change.id).count == 3)
            // Their 3 Builds, the 3 canceled ones, and the delivery.
            #expect(try await fixture.count("SELECT count(*) FROM event") - before == 7)
            #expect(time < .seconds(2))
            let all = try await clock.measure {
                let files = try await fixture.store.packageFiles(repo, watching: nil)
                #expect(files.count == Self.packageCount)
            }
            print("reading \(Self.packageCount) package files took \(all)")
        }
    }

    @Test func `the status of 10,000 placements is one quick read`() async throws {
        try await withManyPackages(environments: [.named("prod"), .named("staging")]) { fixture, _ in
            try await deployAll(fixture)
            let clock = ContinuousClock()
            var best: Duration = .seconds(3_600)
            for _ in 1...3 {
                let time = try await clock.measure {
                    let report = try await fixture.store.status()
                    #expect(report.packages.count == 2 * Self.packageCount)
                    #expect(report.packages.allSatisfy { $0.state == .synced && $0.deployed?.outputs.count == 2 })
                }
                best = min(best, time)
            }
            print("the status of \(2 * Self.packageCount) placements took \(best)")
            #expect(best < .seconds(10))
            let settled = try await clock.measure {
                let settlement = try await fixture.store.settlement()
                #expect(settlement.isSettled)
            }
            print("their settlement took \(settled)")
        }
    }

    @Test func `a pass with nothing to do reads indexes, not tables`() async throws {
        try await withManyPackages(environments: [.named("prod"), .named("staging")]) { fixture, repo in
            try await deployAll(fixture)
            let store = fixture.store
            let passes: [@Sendable () async throws -> Int] = [
                { try await store.unsettledPlacements().count },
                { try await store.reposToDeliver().count },
                { try await store.outstanding(repo).count },
                { try await store.undelivered(repo).count },
                { try await store.unfinishedRuns().count },
                { try await store.expiredRuns(limit: 100).count },
                { try await store.claim(.sync, holder: "a", limit: 100, lease: .seconds(30)).count },
            ]
            for pass in passes {
                let before = try await rowsRead(fixture)
                #expect(try await pass() == 0)
                let read = try await rowsRead(fixture) - before
                #expect(read < 100, "a pass read \(read) rows one by one")
            }
        }
    }

    @Test func `a preview that ended is cleared away for what it has, not for what all others have`() async throws {
        try await withManyPackages { fixture, repo in
            try await deployAll(fixture)
            try await fixture.setPreviews(repo, PreviewRule(refs: ["refs/heads/feature/*"]))
            let (preview, environment) = try await fixture.deliverPreview(repo, "feature/x")
            let placement = try await fixture.placement("api", environment)
            try await fixture.deploy(placement)
            try await fixture.endPreview(preview)
            try await fixture.deploy(placement)
            try await fixture.pool.execute("ANALYZE")
            let before = try await rowsRead(fixture)
            let clock = ContinuousClock()
            let time = try await clock.measure {
                let count = try await fixture.store.clearEndedPreviews(olderThan: .zero, limit: 10)
                #expect(count == 1)
            }
            let read = try await rowsRead(fixture) - before
            #expect(read < 1_000, "it read \(read) rows one by one")
            print("clearing a preview beside \(Self.packageCount) placements took \(time)")
        }
    }

    /// How many rows sequential scans have read in all.
    private func rowsRead(_ fixture: StoreFixture) async throws -> Int {
        try await fixture.pool.execute("SELECT pg_stat_force_next_flush()")
        return try await fixture.count(
            """
            SELECT coalesce(sum(seq_tup_read), 0)::bigint FROM pg_stat_user_tables
            WHERE schemaname = current_schema()
                AND relname IN ('placement', 'package', 'build', 'run', 'deployment', 'target')
            """)
    }
}
