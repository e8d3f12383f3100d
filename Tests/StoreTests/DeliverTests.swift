import Foundation
import Model
import Postgres
import Store
import Testing

struct DeliverTests {
    @Test func `a delivery begins one build for each affected package, and again none`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let change = try await fixture.push(repo)
            let packages: [PackageDeclaration] = [.named("api"), .named("web"), .named("docs", functions: [])]
            let first = try await fixture.deliver(change, packages: packages)
            #expect(first.builds == 3)
            #expect(first.addedPackages == 3)
            let builds = try await fixture.store.builds(of: change.id)
            #expect(builds.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.pending, .pending, .succeeded])
            #expect(builds.allSatisfy { $0.sequence == 1 && $0.commit == change.commit })
            #expect(try await fixture.queued(.dispatch).count == 2)
            #expect(try await fixture.queued(.promote) == [try await fixture.package("docs").description])
            #expect(try await fixture.store.change(change.id)?.state == .delivered)
            let again = try await fixture.deliver(change, packages: packages)
            #expect(again.isApplied && again.builds == 0 && again.addedPackages == 0)
            #expect(try await fixture.store.builds(of: change.id).count == 3)
        }
    }

    @Test func `a newer Change cancels what has not begun, and leaves what has`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let packages: [PackageDeclaration] = [.named("api"), .named("web")]
            let first = try await fixture.push(repo)
            try await fixture.deliver(first, packages: packages)
            let begun = try await fixture.newestBuild("web")
            let runs = try await fixture.store.runs(RunFilter(build: begun.id))
            _ = try await fixture.start(try #require(runs.first).run.id)
            let summary = try await fixture.deliver(try await fixture.push(repo), packages: packages)
            #expect(summary.builds == 2 && summary.canceledBuilds == 1)
            let states = try await fixture.store.builds(of: first.id).map(\.state)
            #expect(Set(states) == [.canceled, .running])
            let canceled = try await fixture.store.runs(RunFilter(change: first.id, state: .canceled))
            #expect(canceled.map(\.package) == ["api"])
        }
    }

    @Test func `an older Change, and one that was superseded, writes nothing`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            let first = try await fixture.push(repo)
            let second = try await fixture.push(repo)
            #expect(try await fixture.deliver(first, packages: [.named("api")]).isApplied == false)
            #expect(try await fixture.deliver(second, packages: [.named("api")]).isApplied)
            let third = try await fixture.push(repo)
            try await fixture.deliver(third, packages: [.named("api")])
            #expect(try await fixture.deliver(second, packages: [.named("api")]).isApplied == false)
            #expect(try await fixture.store.deliveryBase(repo).change == third.id)
        }
    }

    @Test func `of two files that declare one name the later in path order is in error`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.deliver(
                try await fixture.push(repo), packages: [.named("api", path: "a"), .named("api", path: "b")],
                affected: ["api"])
            let outstanding = try await fixture.store.outstanding(repo)
            #expect(outstanding.map(\.directory) == ["a", "b"])
            let failed = try #require(outstanding.last)
            #expect(
                failed.error == "b/package.ocu.star: package 'api' is declared already by a/package.ocu.star")
            #expect(try await fixture.status("b/package.ocu.star")?.state == .failed)
            #expect(try await fixture.newestBuild("api").path == "a")
            // The next push gives the second a name of its own.
            try await fixture.deliver(
                try await fixture.push(repo), packages: [.named("web", path: "b")], affected: ["web"])
            #expect(try await fixture.status("b/package.ocu.star") == nil)
            #expect(try await fixture.status("web")?.state == .progressing)
        }
    }

    @Test func `a package file in error puts its packages in error and all others go on`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api"), .named("web")])
            try await fixture.build("api")
            try await fixture.build("web")
            try await fixture.finishAllWork()
            let change = try await fixture.push(repo)
            let error = "api/package.ocu.star:3:1: undefined: pakage"
            try await fixture.deliver(
                Delivery(
                    change: change.id, tree: StoreFixture.tree(of: change.commit),
                    declaration: RepoDeclaration(name: "shop", environments: [.named("prod")]),
                    evaluated: [EvaluatedPackageFile(directory: "api", outcome: .failed(error), loads: [])],
                    removedDirectories: [], affected: ["web": .directory(path: "web/main.go")]))
            let api = try await fixture.status("api")
            #expect(api?.state == .failed && api?.reason == error)
            #expect(try await fixture.newestBuild("web").sequence == 2)
            #expect(try await fixture.store.outstanding(repo).map(\.directory) == ["api", "web"])
            // Mended to what it was: nothing is owed any more.
            try await fixture.build("web")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")], affected: [])
            #expect(try await fixture.store.outstanding(repo).isEmpty)
        }
    }

    @Test func `a removed package is destroyed, a moved one keeps its history, one that comes back too`() async throws {
        try await StoreFixture.with { fixture in
            let (repo, placement) = try await fixture.deployedShop()
            try await fixture.deliver(
                try await fixture.push(repo), packages: [.named("api", path: "services/api")], removed: ["api"])
            #expect(try await fixture.newestBuild("api").sequence == 2)
            #expect(try await fixture.newestBuild("api").path == "services/api")
            let removal = try await fixture.deliver(try await fixture.push(repo), removed: ["services/api"])
            #expect(removal.removedPackages == 1)
            #expect(try await fixture.newestBuild("api").state == .canceled)
            let facts = try #require(try await fixture.store.syncFacts(placement)).facts
            #expect(facts.target?.isRunning == false && facts.deployed != nil)
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            #expect(try await fixture.newestBuild("api").sequence == 3)
            #expect(try await fixture.placement("api") == placement)
        }
    }

    @Test func `a file is found by the directories above a path and by what it loads`() async throws {
        try await StoreFixture.with { fixture in
            let (store, repo) = (fixture.store, try await fixture.addRepo())
            let load = LoadedFile(path: "tools/go.star", chain: ["web/package.ocu.star"])
            try await fixture.deliver(
                try await fixture.push(repo),
                packages: [.named("root", path: ""), .named("api"), .named("web", loads: [load])])
            func watching(_ paths: [String]) async throws -> [String] {
                try await store.packageFiles(repo, watching: paths).map(\.directory)
            }
            #expect(try await watching(["api/cmd/main.go"]) == ["", "api"])
            #expect(try await watching(["tools/go.star"]) == ["", "web"])
            #expect(try await watching(["apiary/x"]) == [""])
            #expect(try await watching([]).isEmpty)
            let all = try await store.packageFiles(repo, watching: nil)
            #expect(all.map(\.directory) == ["", "api", "web"])
            #expect(all.last?.loads == [load])
            #expect(all.last?.packages.first?.pendingBuild?.tree == (try await fixture.newestBuild("web")).tree)
        }
    }

    @Test func `a package is compared with its newest succeeded build, whatever came after`() async throws {
        try await StoreFixture.with { fixture in
            let repo = try await fixture.addRepo()
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            let good = try await fixture.build("api")
            try await fixture.deliver(try await fixture.push(repo), packages: [.named("api")])
            try await fixture.finishAllWork()
            let bad = try await fixture.build("api", RunResult(error: "no compiler"))
            #expect(try await fixture.queued(.deliver) == [repo.description])
            let record = try #require(try await fixture.store.outstanding(repo).first?.packages.first)
            #expect(record.lastBuild?.id == good.id && record.pendingBuild == nil)
            #expect(record.newestBuildChange == bad.change && record.isOutstanding)
            try await fixture.decide(try await fixture.placement("api"), good, .later(message: "soon"))
            #expect(try await fixture.status("api")?.reason == "build 2 failed: no compiler")
            // A push that takes the change back settles the debt.
            let change = try await fixture.push(repo)
            try await fixture.deliver(
                Delivery(
                    change: change.id, tree: StoreFixture.tree(of: change.commit),
                    declaration: RepoDeclaration(name: "shop", environments: [.named("prod")]), evaluated: [],
                    removedDirectories: [], affected: [:], unaffected: ["api"]))
            #expect(try await fixture.store.outstanding(repo).isEmpty)
            #expect(try await fixture.status("api")?.reason == "soon")
        }
    }

    @Test func `a name that another repo has is refused with a sentence, and shown at the repo`() async throws {
        try await StoreFixture.with { fixture in
            let (first, second) = (try await fixture.addRepo(), try await fixture.addRepo("file:///copy.git"))
            try await fixture.deliver(try await fixture.push(first))
            let change = try await fixture.push(second)
            let error = await #expect(throws: StoreError.self) { try await fixture.deliver(change) }
            #expect(error?.code == .conflict)
            #expect(error?.reason == "the id 'shop' in repo.ocu.star belongs to file:///srv/shop.git already")
            #expect(try await fixture.store.change(change.id)?.state == .recorded)
        }
    }
}
