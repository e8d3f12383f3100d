import Foundation
import Model
import Postgres
import Store
import Testing

struct PreviewTests {
    @Test func `a preview's packages go into its environment alone, and nobody else's go there`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let (preview, environment) = try await fixture.deliverPreview(repo, "feature/x")
            #expect(environment == "preview-feature-x")
            try await fixture.deliver(
                try await fixture.push(repo), environments: [.named("prod"), .named("staging")],
                packages: [.plain("api"), .plain("web")])
            let other = try await fixture.addRepo("file:///srv/other.git")
            try await fixture.deliver(
                try await fixture.push(other), name: "other", environments: [], packages: [.plain("jobs")])
            let change = try await fixture.pushPreview(repo, "feature/x")
            try await fixture.deliver(
                change, environments: [.named(environment)], packages: [.plain("api"), .plain("db")])
            #expect(
                try await fixture.places()
                    == [
                        "\(repo) api@prod", "\(repo) api@staging", "\(repo) web@prod", "\(repo) web@staging",
                        "\(preview) api@preview-feature-x", "\(preview) db@preview-feature-x",
                        "\(other) jobs@prod", "\(other) jobs@staging",
                    ].sorted())
            let builds = try await fixture.count(
                "SELECT count(*) FROM build b JOIN package k ON k.id = b.package_id WHERE k.repo_id = \(repo)")
            #expect(builds == 3, "main's builds are counted apart")
        }
    }

    @Test func `a preview is shown under its repo, which names do not confuse with it`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            let (preview, _) = try await fixture.deliverPreview(repo, "feature/x")
            let listed = try await store.repos()
            #expect(listed.map(\.id) == [repo])
            #expect(listed[0].previews.map(\.id) == [preview] && listed[0].previews[0].ref == "refs/heads/feature/x")
            for text in ["shop", "file:///srv/shop.git", "/srv/shop", repo.description] {
                #expect(try await store.repo(matching: text)?.id == repo, "by \(text)")
                #expect(try await store.status(StatusFilter(repo: text)).packages.count == 2, "by \(text)")
            }
            #expect(try await store.repo(preview)?.mirror == repo)
            try await fixture.finishAllWork()
            #expect(try await store.reposWithoutWork() == [repo])
            let status = try await store.status().packages
            #expect(
                status.map { "\($0.repo)//\($0.package)@\($0.environment)" } == [
                    "shop//api@preview-feature-x", "shop//api@prod",
                ])
        }
    }

    @Test func `an error of a preview names its branch and is not its repo's`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            let change = try await fixture.pushPreview(repo, "feature/x")
            try await store.transaction(as: "deliver") { tx throws(StoreError) in
                try await tx.failChange(change.id, error: "no such environment")
            }
            let listed = try #require(try await store.repos().first)
            #expect(listed.error == nil && listed.previews.map(\.error) == ["no such environment"])
            let failures = try await store.failures(in: try await store.status())
            #expect(failures == ["shop, preview of refs/heads/feature/x: no such environment"])
        }
    }

    @Test func `the environment of a preview is refused to others, with equal attributes too`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let change = try await fixture.pushPreview(repo, "feature/x")
            for delivered in [false, true] {
                if delivered { try await fixture.deliver(change, environments: [.named("preview-feature-x")]) }
                let push = try await fixture.push(repo)
                let error = await #expect(throws: StoreError.self, "\(delivered)") {
                    try await fixture.deliver(
                        push, environments: [.named("prod"), .named("preview-feature-x")])
                }
                #expect(error?.code == .conflict)
                #expect(error?.reason.contains("is the preview of branch feature/x of shop") == true)
            }
        }
    }

    @Test func `what has another's name gets digits behind it: a declared one, and a branch of the same letters`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop(
                environments: [.named("prod"), .named("preview-feature-x"), .named("preview-feature-old")])
            try await fixture.deliver(
                try await fixture.push(repo), environments: [.named("prod"), .named("preview-feature-x")])
            var names: [String] = []
            for branch in ["feature/x", "feature/a-b", "feature/a/b", "feature/old"] {
                names.append(try await fixture.deliverPreview(repo, branch).environment.rawValue)
            }
            #expect(names[0].hasPrefix("preview-feature-x-") && names[0].utf8.count == 26)
            #expect(names[1] == "preview-feature-a-b")
            #expect(names[2].hasPrefix("preview-feature-a-b-") && names[2].utf8.count == 28)
            #expect(names[3].hasPrefix("preview-feature-old-"), "what main had there is not taken over")
            #expect(try await fixture.places().filter { $0.hasSuffix(names[3]) }.count == 1)
        }
    }

    @Test func `a branch that goes takes its environment along, and one that is back waits for the destroy`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let (preview, environment) = try await fixture.deliverPreview(repo, "feature/x")
            let old = try await fixture.placement("api", environment)
            try await fixture.deploy(old)
            try await fixture.endPreview(preview)
            #expect(try await fixture.store.repo(preview) == nil)
            #expect(try await fixture.queued(.sync).contains(old.description))
            let gone = try #require(try await fixture.store.status().packages.first { $0.environment == environment })
            #expect(gone.repo.rawValue == "shop (\(preview), removed)" && gone.state == .progressing)

            let (again, same) = try await fixture.deliverPreview(repo, "feature/x")
            #expect(again != preview && same == environment)
            let new = try await fixture.placement("api", environment)
            #expect(new != old)
            #expect(try await fixture.sync(new) == nil)
            try await fixture.deploy(old)
            try await fixture.deploy(new)
            try await fixture.endPreview(again)
            try await fixture.deploy(new)
            try await fixture.finishAllWork()
            #expect(try await fixture.store.status().packages.map(\.environment) == ["prod"])
            let open = try await fixture.count(
                "SELECT count(*) FROM environment WHERE removed_at IS NULL AND name = \(environment)")
            #expect(open == 0)
        }
    }

    @Test func `a look that lost its lease ends no preview and makes none`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            let (preview, _) = try await fixture.deliverPreview(repo, "feature/x")
            try await store.enqueue(.source, keys: [repo.description])
            let lease = try #require(
                try await store.claim(.source, holder: "slow", limit: 1, lease: .seconds(30)).first)
            try await fixture.pool.execute(
                "UPDATE work SET lease_expires = now() - interval '1s' WHERE holder IS NOT NULL")
            let new = NewChange(
                repo: repo, ref: "refs/heads/feature/y", expected: nil, commit: fixture.commit(), isForced: false,
                message: "", author: "", patch: nil, commits: [])
            let error = await #expect(throws: StoreError.self) {
                try await store.transaction(under: lease, as: "source") { tx throws(StoreError) in
                    try await tx.endPreview(preview, because: "branch feature/x was deleted")
                    _ = try await tx.recordPreviewChange(new)
                }
            }
            #expect(error?.code == .leaseLost)
            #expect(try await store.repos().first?.previews.map(\.id) == [preview])
        }
    }

    @Test func `two looks make one preview, and one Change of a push`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            let new = NewChange(
                repo: repo, ref: "refs/heads/feature/x", expected: nil, commit: fixture.commit(), isForced: false,
                message: "", author: "", patch: nil, commits: [])
            let ids = try await withThrowingTaskGroup(of: ChangeID?.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        try await store.transaction(as: "source") { tx throws(StoreError) in
                            try await tx.recordPreviewChange(new)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(ids.compactMap { $0 }.count == 1)
            #expect(try await store.repos().first?.previews.count == 1)
        }
    }

    @Test func `a rule that fits no more ends previews, and a ref that is delivered itself has none`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            for branch in ["feature/a", "feature/b", "feature/c"] { try await fixture.deliverPreview(repo, branch) }
            func branches() async throws -> [String] { try await store.repos().first?.previews.map(\.ref.branch) ?? [] }
            try await store.transaction(as: "api") { tx throws(StoreError) in
                try await tx.setRefs(repo, ["refs/heads/main", "refs/heads/feature/a"])
            }
            #expect(try await branches() == ["feature/b", "feature/c"])
            try await fixture.setPreviews(repo, PreviewRule(refs: ["refs/heads/feature/c"], environment: "r-{branch}"))
            let left = try #require(try await store.repos().first?.previews.first)
            #expect(left.ref == "refs/heads/feature/c" && left.environment == "preview-feature-c")
            try await fixture.setPreviews(repo, nil)
            #expect(try await branches().isEmpty)
            await #expect(throws: FixtureError.self) { try await fixture.pushPreview(repo, "feature/c") }
            let events = try await fixture.events("preview.removed").map(\.message)
            #expect(events.count == 3 && events[0].contains("feature/a is delivered itself now"))
        }
    }

    @Test func `a repo takes its previews along, and is kept for what they run`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            let (preview, environment) = try await fixture.deliverPreview(repo, "feature/x")
            let placement = try await fixture.placement("api", environment)
            try await fixture.deploy(placement)
            let error = await #expect(throws: StoreError.self) { try await fixture.remove(repo, .refuse) }
            #expect(error?.reason.hasPrefix("api is deployed in \(environment): say") == true)
            let single = await #expect(throws: StoreError.self) { try await fixture.remove(preview, .destroy) }
            #expect(single?.code == .notFound, "a preview goes with its branch")
            try await fixture.remove(repo, .destroy)
            #expect(try await store.repo(preview) == nil)
            #expect(try await fixture.sync(placement) != nil)
            try await fixture.remove(repo, .orphan)
            try await fixture.sync(placement)
            try await fixture.finishAllWork()
            #expect(try await store.status().packages.isEmpty)
        }
    }

    @Test func `policies see ordinary environments and their own preview`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            let main = try await fixture.package("api")
            let (first, x) = try await fixture.deliverPreview(repo, "feature/x")
            let preview = try await fixture.package("api")
            try await fixture.deploy(try await fixture.placement("api", x))
            try await fixture.deliverPreview(repo, "feature/y")
            func seen(_ package: PackageID) async throws -> [String] {
                try await store.deployedEnvironments(for: package).map(\.environment.name.rawValue)
            }
            #expect(try await seen(main) == ["prod"])
            #expect(try await seen(preview) == ["preview-feature-x", "prod"])
            let facts = try #require(try await store.promoteFacts(preview))
            #expect(facts.mirror == repo && facts.package.repo == first && facts.repoName == "shop")
            #expect(facts.places.map(\.environment.name) == [x])
        }
    }

    @Test func `a repo that takes another name gives it to its previews`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            let (preview, environment) = try await fixture.deliverPreview(repo, "feature/x")
            try await fixture.deliver(try await fixture.push(repo), name: "store")
            #expect(try await fixture.store.repo(preview)?.name == "store")
            let change = try await fixture.pushPreview(repo, "feature/x")
            try await fixture.deliver(change, name: "mine", environments: [.named(environment)])
            #expect(try await fixture.store.repo(preview)?.name == "store", "what the branch says is not taken")
        }
    }

    @Test func `no repo has more than a hundred previews`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.previewedShop()
            for number in 1...PreviewRule.previewsMax { try await fixture.pushPreview(repo, "feature/\(number)") }
            let error = await #expect(throws: StoreError.self) { try await fixture.pushPreview(repo, "feature/more") }
            #expect(error?.code == .conflict)
            #expect(error?.reason.contains("feature/more gets no preview: the repository has 100 already") == true)
            #expect(try await fixture.store.repos().first?.previews.count == 100)
        }
    }

    @Test func `the branches of many repos have environments of their own, also of one name`() async throws {
        try await StoreFixture.with { fixture in
            var names: Set<EnvironmentName> = []
            for number in 1...6 {
                let repo = try await fixture.addRepo("file:///srv/shop-\(number).git")
                try await fixture.setPreviews(repo, PreviewRule(refs: ["refs/heads/feature/*"]))
                let change = try await fixture.pushPreview(repo, "feature/x")
                names.insert(try #require(try await fixture.store.repo(change.repo)?.origin?.environment))
            }
            #expect(names.count == 6 && names.contains("preview-feature-x"))
            #expect(names.allSatisfy { $0.rawValue.utf8.count <= 26 })
        }
    }

    @Test func `a patch on a branch without a preview is not undone by the next look`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.previewedShop())
            let patched = NewChange(
                repo: repo, ref: "refs/heads/feature/x", expected: nil, commit: fixture.commit(), isForced: false,
                message: "", author: "", patch: ChangePatch(hash: "12", description: "mine"), commits: [])
            _ = try await store.transaction(as: "api") { tx throws(StoreError) in
                try await tx.recordPreviewChange(patched)
            }
            #expect(try await store.previewTips(repo).tips["refs/heads/feature/x"]?.commit == patched.commit)
        }
    }

    @Test func `a preview that is delivered before its repo has the name that it declares, unless another has it`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.setPreviews(repo, PreviewRule(refs: ["refs/heads/feature/*"]))
            let (preview, _) = try await fixture.deliverPreview(repo, "feature/x")
            #expect(try await fixture.store.repo(preview)?.name == "shop")
            let other = try await fixture.addRepo("file:///srv/other.git")
            try await fixture.deliver(try await fixture.push(other), name: "shop")
            let change = try await fixture.pushPreview(repo, "feature/y")
            let error = await #expect(throws: StoreError.self) {
                try await fixture.deliver(change, environments: [.named("preview-feature-y")])
            }
            #expect(error?.reason.contains("belongs to file:///srv/other.git already") == true)
        }
    }

    @Test func `previews of before cost nothing when something is deployed under their names`() async throws {
        // One connection, so that the statistics of what it read are complete.
        try await StoreFixture.with(maxConnections: 1) { fixture in
            let repo = try await fixture.previewedShop()
            try await fixture.pool.withConnection { connection in
                try await connection.executeScript(Self.manyEnded)
            }
            let (preview, environment) = try await fixture.deliverPreview(repo, "feature/x")
            let placement = try await fixture.placement("api", environment)
            let before = try await rowsRead(fixture)
            try await fixture.deploy(placement)
            try await fixture.endPreview(preview)
            try await fixture.deploy(placement)
            for (way, count) in try await rowsRead(fixture) {
                #expect(count - (before[way] ?? 0) < 500, "rows of \(way)")
            }
        }
    }

    /// 5,000 previews of feature/1 … that ended, each with a package that ran in an environment of its own.
    private static let manyEnded = """
        INSERT INTO repo (url, url_name, name, parent_id, preview_ref, preview_environment, removed_at)
            SELECT url, url_name, name, r.id, 'refs/heads/feature/' || n, 'preview-feature-' || n, now()
            FROM repo r, generate_series(1, 5000) AS n WHERE parent_id IS NULL;
        INSERT INTO package (repo_id, name, path, removed_at)
            SELECT id, 'api', 'api', now() FROM repo WHERE parent_id IS NOT NULL;
        INSERT INTO environment (name, repo_id, removed_at)
            SELECT preview_environment, id, now() FROM repo WHERE parent_id IS NOT NULL;
        ANALYZE repo, package, environment;
        INSERT INTO placement (package_id, environment_id)
            SELECT k.id, e.id FROM package k JOIN environment e ON e.repo_id = k.repo_id WHERE k.removed_at IS NOT NULL;
        ANALYZE placement;
        """

    /// How many rows were read so far, by table and way.
    private func rowsRead(_ fixture: StoreFixture) async throws -> [String: Int] {
        try await fixture.pool.execute("SELECT pg_stat_force_next_flush()")
        let rows = try await fixture.pool.query(
            """
            SELECT relname, seq_tup_read, coalesce(idx_tup_fetch, 0) AS idx_tup_fetch FROM pg_stat_user_tables
            WHERE schemaname = current_schema() AND relname IN ('repo', 'package', 'environment', 'placement')
            """)
        var read: [String: Int] = [:]
        for row in rows {
            let table: String = try row["relname"]
            read["\(table) one by one"] = try row["seq_tup_read"]
            read["\(table) by index"] = try row["idx_tup_fetch"]
        }
        return read
    }
}
