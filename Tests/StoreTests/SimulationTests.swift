import Model
import Postgres
import Store
import TestSupport
import Testing

struct SimulationTests {
    private func settle(_ fixture: StoreFixture) async throws {
        try await waitUntil(timeout: .seconds(120), "everything to settle") {
            let settlement = try await fixture.store.settlement()
            return settlement.isSettled && settlement.failures.isEmpty
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `pushes come to rest with the newest build everywhere, whoever loses a lease on the way`() async throws {
        try await StoreFixture.with(maxConnections: 14) { fixture in
            let simulation = try await Simulation(fixture)
            try await simulation.run {
                for _ in 1...12 {
                    _ = try await fixture.push(simulation.repo)
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...60)))
                }
                try await settle(fixture)
            }
            #expect(simulation.overlaps.current == 0)
            #expect(simulation.losses.current > 0)
            let status = try await fixture.store.status().packages
            #expect(status.count == simulation.packages.count * simulation.environments.count)
            for element in status {
                let newest = try await fixture.newestBuild(element.package)
                #expect(element.state == .synced)
                #expect(element.deployed?.build.id == newest.id && element.target?.build.id == newest.id)
            }
            for environment in ["prod", "staging"] as [EnvironmentName] {
                let (api, web) = (
                    try await fixture.placement("api", environment), try await fixture.placement("web", environment)
                )
                let made = try await fixture.store.syncFacts(api)?.facts.deployed?.outputs["n"]
                let taken = try await fixture.store.syncFacts(web)?.facts.deployed?.inputs["n"]
                #expect(made != nil && made == taken)
            }
            #expect(
                try await fixture.count("SELECT count(*) FROM change WHERE state NOT IN ('delivered', 'superseded')")
                    == 0)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a repo that is removed and added again at any moment comes to rest deployed, one run at a time`()
        async throws
    {
        try await StoreFixture.with(maxConnections: 14) { fixture in
            let simulation = try await Simulation(fixture)
            try await simulation.run {
                for number in 1...12 {
                    let repo = simulation.repo
                    _ = try await fixture.push(repo)
                    try await waitUntil(timeout: .seconds(60), "something is deployed") {
                        try await fixture.count(
                            """
                            SELECT count(*) FROM placement p JOIN package k ON k.id = p.package_id
                            WHERE k.repo_id = \(repo) AND k.name = 'api' AND p.deployed_id IS NOT NULL
                            """) > 0
                    }
                    _ = try await fixture.push(repo)
                    try await simulation.replaceRepo(number % 3 == 0 ? .orphan : .destroy)
                }
                _ = try await fixture.push(simulation.repo)
                try await settle(fixture)
            }
            #expect(simulation.overlaps.current == 0)
            #expect(simulation.intrusions.current == 0)
            let status = try await fixture.store.status().packages
            #expect(status.count == simulation.packages.count * simulation.environments.count)
            #expect(status.allSatisfy { $0.repo == "shop" && $0.state == .synced && $0.deployed != nil })
            #expect(simulation.ran.count == 6)
            #expect(simulation.ran.values.allSatisfy { $0 == .deploy }, "what ran last is what the status shows")
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a preview that ends and is back at any moment comes to rest deployed, beside main, one run at a time`()
        async throws
    {
        try await StoreFixture.with(maxConnections: 14) { fixture in
            let simulation = try await Simulation(fixture)
            let repo = simulation.repo
            try await fixture.setPreviews(repo, PreviewRule(refs: ["refs/heads/feature/*"]))
            try await simulation.run {
                for number in 1...12 {
                    _ = try await fixture.push(repo)
                    let preview = try await fixture.pushPreview(repo, "feature/x").repo
                    if number % 2 == 0 {
                        try await waitUntil(timeout: .seconds(60), "something is deployed") {
                            try await fixture.count(
                                """
                                SELECT count(*) FROM placement p JOIN package k ON k.id = p.package_id
                                WHERE k.repo_id = \(preview) AND p.deployed_id IS NOT NULL
                                """) > 0
                        }
                    }
                    try await fixture.endPreview(preview)
                }
                _ = try await fixture.pushPreview(repo, "feature/x")
                try await settle(fixture)
            }
            #expect(simulation.overlaps.current == 0)
            #expect(simulation.intrusions.current == 0)
            let status = try await fixture.store.status().packages
            #expect(status.count == simulation.packages.count * 3)
            #expect(status.allSatisfy { $0.repo == "shop" && $0.state == .synced && $0.deployed != nil })
            #expect(Set(status.map(\.environment)) == ["prod", "staging", "preview-feature-x"])
            #expect(simulation.ran.values.allSatisfy { $0 == .deploy }, "what ran last is what the status shows")
        }
    }
}
