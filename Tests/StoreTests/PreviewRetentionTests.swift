import Foundation
import Model
import Postgres
import Store
import Testing

/// When previews that ended are cleared away.
struct PreviewRetentionTests {
    private static let age = Duration.seconds(30 * 86_400)

    /// How many rows each table has; events and work are no state.
    private func rowCounts(_ fixture: StoreFixture) async throws -> [String: Int] {
        let tables: [String] = try await fixture.pool.query(
            """
            SELECT table_name::text FROM information_schema.tables
            WHERE table_schema = current_schema() AND table_name NOT IN ('event', 'work', 'schema_migration')
            """
        ).column()
        var counts: [String: Int] = [:]
        for table in tables {
            counts[table] = try await fixture.count("SELECT count(*) FROM \(identifier: table)")
        }
        return counts
    }

    /// Makes all that happened a month older.
    private func pass(_ fixture: StoreFixture) async throws {
        try await fixture.pool.execute("UPDATE repo SET removed_at = removed_at - interval '31 days'")
        try await fixture.pool.execute("UPDATE deployment SET finished_at = finished_at - interval '31 days'")
    }

    private func clear(_ fixture: StoreFixture, limit: Int = 100) async throws -> Int {
        try await fixture.store.clearEndedPreviews(olderThan: Self.age, limit: limit)
    }

    /// A preview that was deployed, steered and annotated, and whose branch is gone.
    private func ended(
        _ branch: String, of repo: RepoID, _ fixture: StoreFixture
    ) async throws -> (preview: RepoID, placement: PlacementID) {
        let (preview, environment) = try await fixture.deliverPreview(repo, branch)
        let build = try await fixture.newestBuild("api")
        let placement = try await fixture.placement("api", environment)
        try await fixture.decide(placement, build, .ready(inputs: [:], validAfterSeconds: 0))
        try await fixture.steer("Ocuroot-Annotate: api@\(build.id) key=preview")
        try await fixture.deploy(placement)
        let steering = fixture.commit(["Ocuroot-Hold: *", "Ocuroot-Pin: api@\(environment)=1"])
        let change = try await fixture.pushPreview(repo, branch, [steering])
        try await fixture.deliver(change, environments: [.named(environment)], packages: [.plain("api")])
        try await fixture.endPreview(preview)
        return (preview, placement)
    }

    @Test func `one that is old leaves nothing but its events, and takes nothing else along`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            try await fixture.steer("Ocuroot-Annotate: api@1 key=own")
            let before = try await rowCounts(fixture)
            let (preview, placement) = try await ended("feature/x", of: repo, fixture)
            try await fixture.deploy(placement)
            let main = try await fixture.status("api")
            try await pass(fixture)
            #expect(try await clear(fixture) == 1)
            var after = try await rowCounts(fixture)
            // What the command asked for stays as what somebody asked for.
            after["steering_order", default: 0] -= 1
            #expect(after == before)
            #expect(try await fixture.status("api") == main && main != nil)
            let events = try await fixture.count("SELECT count(*) FROM event WHERE repo_id = \(preview)")
            #expect(events > 0)
            #expect(try await clear(fixture) == 0)
            let (again, same) = try await fixture.deliverPreview(repo, "feature/x")
            #expect(again != preview && same == "preview-feature-x")
        }
    }

    @Test func `one of which something runs, is destroyed, or was until lately is kept`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let (preview, placement) = try await ended("feature/x", of: repo, fixture)
            try await pass(fixture)
            #expect(try await clear(fixture) == 0, "it is deployed")
            let destroy = try #require(try await fixture.sync(placement))
            try await pass(fixture)
            #expect(try await clear(fixture) == 0, "it is being destroyed")
            let other = try await fixture.deliverPreview(repo, "feature/y").preview
            try await fixture.finish(try await fixture.run(of: destroy))
            try await fixture.sync(placement)
            #expect(try await clear(fixture) == 0, "it ran until now")
            try await pass(fixture)
            #expect(try await clear(fixture) == 1)
            #expect(try await fixture.store.repos().first?.previews.map(\.id) == [other])
            #expect(try await fixture.count("SELECT count(*) FROM repo WHERE id = \(preview)") == 0)
        }
    }

    @Test func `a branch that is back keeps its environment when what it had before is cleared away`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let (preview, old) = try await ended("feature/x", of: repo, fixture)
            try await fixture.deploy(old)
            try await pass(fixture)
            let (again, environment) = try await fixture.deliverPreview(repo, "feature/x")
            let new = try await fixture.placement("api", environment)
            try await fixture.deploy(new)
            #expect(try await clear(fixture) == 1)
            #expect(
                try await fixture.places().filter { $0.hasSuffix(environment.rawValue) } == [
                    "\(again) api@\(environment)"
                ])
            #expect(try await fixture.status("api", environment)?.deployed != nil && again != preview)
        }
    }

    @Test func `no more are cleared away at once than is said, the oldest first`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            var previews: [RepoID] = []
            for branch in ["feature/x", "feature/y", "feature/z"] {
                let (preview, placement) = try await ended(branch, of: repo, fixture)
                try await fixture.deploy(placement)
                try await pass(fixture)
                previews.append(preview)
            }
            #expect(try await clear(fixture, limit: 2) == 2)
            let left: [RepoID] = try await fixture.pool.query("SELECT id FROM repo WHERE parent_id IS NOT NULL")
                .column()
            #expect(left == [previews[2]])
        }
    }
}
