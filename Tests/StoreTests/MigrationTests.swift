import Model
import Postgres
import Store
import TestSupport
import Testing

struct MigrationTests {
    @Test func `replicas that start at once migrate once, and again changes nothing`() async throws {
        try await DatabaseSchema.withTemporary(maxConnections: 6) { database in
            let store = StateStore(pool: database.pool)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 { group.addTask { try await store.migrate() } }
                try await group.waitForAll()
            }
            try await store.migrate()
            let applied: [Int] = try await database.pool.query("SELECT number FROM schema_migration").column()
            #expect(applied == Array(1...13))
        }
    }

    @Test func `a database of a newer binary is refused and left alone`() async throws {
        try await DatabaseSchema.withTemporary { database in
            let store = StateStore(pool: database.pool)
            try await store.migrate()
            try await database.pool.execute("INSERT INTO schema_migration (number, name) VALUES (999, 'of tomorrow')")
            let error = await #expect(throws: StoreError.self) { try await store.migrate() }
            #expect(error?.code == .invalid)
            #expect(error?.description.contains("run a newer ocuroot") == true)
        }
    }

    @Test func `deployments under way when the database is upgraded keep their names, the first of each`() async throws
    {
        try await StoreFixture.with { fixture in
            let (removed, old) = try await fixture.deployedShop()
            try await fixture.remove(removed, .destroy)
            let destroy = try #require(try await fixture.sync(old))
            let (_, new) = try await fixture.builtShop()
            for statement in [
                "ALTER TABLE placement DROP pin_id, DROP hold_id", "DROP TABLE restraint, steering_order",
                "ALTER TABLE deployment DROP names", "ALTER TABLE placement DROP forgotten_generation",
                "DROP INDEX repo_of_name", "DROP INDEX repo_called", "DROP INDEX environment_known",
                "DROP INDEX environment_of_repo", "DROP TABLE webhook_delivery", "DROP TABLE webhook",
                "DROP TABLE credential",
                "ALTER TABLE repo DROP moved_at, DROP announced_at, DROP announced_moves",
                """
                ALTER TABLE repo DROP previews, DROP previews_seen, DROP default_ref, DROP parent_id CASCADE,
                    DROP preview_ref, DROP preview_environment
                """,
                "CREATE UNIQUE INDEX repo_url_once ON repo (url) WHERE removed_at IS NULL",
                "CREATE UNIQUE INDEX repo_name_once ON repo (name) WHERE removed_at IS NULL",
                "DROP TABLE signer_key, signer_list", "DROP TABLE notice", "DROP TABLE notice_target",
                "DROP TABLE notice_cursor",
                """
                DROP INDEX repo_delivered, environment_of_change, environment_declaration_of_repo, package_last_build,
                    package_newest_build, annotation_of_build, placement_of_target, placement_of_deployed,
                    target_of_build, decision_of_placement, decision_of_build, deployment_of_build, run_of_repo,
                    run_of_deployment
                """,
                "DELETE FROM schema_migration WHERE number >= 2",
            ] as [SQL] {
                try await fixture.pool.execute(statement)
            }
            // What schema 1 allowed: a deploy of the new repo beside the old one's destroy.
            let build = try await fixture.newestBuild("api").id
            try await fixture.pool.execute(
                """
                INSERT INTO deployment (placement_id, generation, attempt, kind, build_id, state)
                VALUES (\(new), 1, 1, 'deploy', \(build), 'pending')
                """)
            try await fixture.store.migrate()
            let named: [DeploymentID] = try await fixture.pool.query(
                "SELECT id FROM deployment WHERE names = '{shop,api,prod}'"
            ).column()
            #expect(named == [destroy])
            #expect(try await fixture.sync(new) == nil)
            try await fixture.finish(try await fixture.run(of: destroy))
            try await fixture.sync(old)
            #expect(try await fixture.store.status().packages.map(\.repo) == ["shop"])
        }
    }
}
