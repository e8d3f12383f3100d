import Git
import Model
import Store
import Testing

@testable import DeliverController

@Suite struct DeliverPlanTests {
    private let oldTree = tree("a")
    private let otherTree = tree("b")

    private static func tree(_ digit: Character) -> TreeID {
        guard let id = TreeID(hex: String(repeating: digit, count: 40)) else { preconditionFailure("40 digits") }
        return id
    }

    private func record(
        _ name: PackageName, path: String, built: TreeID? = nil, pending: TreeID? = nil, isOutstanding: Bool = false
    ) -> PackageRecord {
        func build(_ tree: TreeID) -> RecordedBuild {
            RecordedBuild(id: BuildID(rawValue: 1), change: ChangeID(rawValue: 1), tree: tree, path: path)
        }
        return PackageRecord(
            id: PackageID(rawValue: 1), name: name, path: path, functions: [.build], lastBuild: built.map(build),
            pendingBuild: pending.map(build), newestBuildChange: ChangeID(rawValue: 1), isOutstanding: isOutstanding)
    }

    private func file(
        _ record: PackageRecord, loads: [LoadedFile] = [], error: String? = nil
    ) -> PackageFileRecord {
        PackageFileRecord(directory: record.path, error: error, loads: loads, packages: [record])
    }

    private func declared(_ name: PackageName, path: String) -> EvaluatedPackageFile {
        EvaluatedPackageFile(
            directory: path,
            outcome: .declared([
                PackageDeclaration(name: name, path: path, functions: [.build], tasks: [], loads: [])
            ]), loads: [])
    }

    @Test func `only what watches a changed path is affected, for the first such path`() {
        let api = file(record("api", path: "api", built: oldTree))
        let plan = DeliverPlan(
            paths: ["api/a.txt", "api/b.txt", "README.md"], known: [api], owing: [], evaluated: [], removed: [])
        #expect(plan.affected() == ["api": .directory(path: "api/a.txt")])
    }

    @Test func `a package that owes a build is compared with its own base, not with the last push`() {
        let failed = file(record("api", path: "api", built: oldTree, isOutstanding: true))
        var plan = DeliverPlan(paths: ["web/x"], known: [], owing: [failed], evaluated: [], removed: [])
        #expect(plan.ownBases == [oldTree])
        plan.ownPaths[oldTree] = ["api/main.go", "web/x"]
        #expect(plan.affected() == ["api": .directory(path: "api/main.go")])
        #expect(plan.unaffected().isEmpty)
    }

    @Test func `a package whose tree went back to its last build owes nothing any more`() {
        let failed = file(record("api", path: "api", built: oldTree, isOutstanding: true))
        var plan = DeliverPlan(paths: ["api/main.go"], known: [failed], owing: [failed], evaluated: [], removed: [])
        plan.ownPaths[oldTree] = ["web/x"]
        #expect(plan.affected().isEmpty)
        #expect(plan.unaffected() == ["api"])
    }

    @Test func `a build under way is the base, so that an unrelated push does not build twice`() {
        let building = file(record("api", path: "api", built: oldTree, pending: otherTree, isOutstanding: true))
        var plan = DeliverPlan(paths: ["web/x"], known: [], owing: [building], evaluated: [], removed: [])
        #expect(plan.ownBases == [otherTree])
        plan.ownPaths[otherTree] = ["web/x"]
        #expect(plan.affected().isEmpty)
        #expect(plan.unaffected().isEmpty)
    }

    @Test func `a package that was never built with success is built`() {
        let never = file(record("api", path: "api", isOutstanding: true))
        let plan = DeliverPlan(paths: ["web/x"], known: [], owing: [never], evaluated: [], removed: [])
        #expect(plan.affected() == ["api": .neverBuilt])
    }

    @Test func `a new package is built, a moved one names where from, a removed one is not`() {
        let old = file(record("api", path: "old/api", built: oldTree))
        let plan = DeliverPlan(
            paths: ["old/api/package.ocu.star", "new/api/package.ocu.star", "web/package.ocu.star"], known: [old],
            owing: [], evaluated: [declared("api", path: "new/api"), declared("web", path: "web")],
            removed: ["old/api"])
        #expect(plan.affected() == ["api": .moved(from: "old/api"), "web": .neverBuilt])
        let gone = DeliverPlan(
            paths: ["old/api/package.ocu.star"], known: [old], owing: [], evaluated: [], removed: ["old/api"])
        #expect(gone.affected().isEmpty)
    }

    @Test func `a package file in error is not built, and others in the same push are`() {
        let api = file(record("api", path: "api", built: oldTree))
        let web = file(record("web", path: "web", built: oldTree))
        let broken = EvaluatedPackageFile(directory: "api", outcome: .failed("api/package.ocu.star:1:1: no"), loads: [])
        let plan = DeliverPlan(
            paths: ["api/package.ocu.star", "web/x"], known: [api, web], owing: [], evaluated: [broken], removed: [])
        #expect(plan.affected() == ["web": .directory(path: "web/x")])
    }

    @Test func `package files are evaluated again when they or what they load changed, and only then`() {
        let load = LoadedFile(path: "tools/go.star", chain: ["api/package.ocu.star"])
        let api = file(record("api", path: "api"), loads: [load])
        let web = file(record("web", path: "web"))
        func change(_ path: String, _ kind: PathChange.Kind) -> PathChange {
            PathChange(path: path, kind: kind, old: nil, new: nil)
        }
        let byLoad = DeliverPlan.inspect([change("tools/go.star", .modified)], known: [api, web])
        #expect(byLoad.evaluated == ["api"] && byLoad.removed.isEmpty)
        let inDirectory = DeliverPlan.inspect([change("web/x", .modified)], known: [web])
        #expect(inDirectory.evaluated.isEmpty)
        let files = DeliverPlan.inspect(
            [change("web/package.ocu.star", .deleted), change("package.ocu.star", .added)], known: [web])
        #expect(files.evaluated == [""] && files.removed == ["web"])
    }

    @Test func `a package file in error is evaluated again at every push, until it is gone`() {
        let broken = file(record("api", path: "api", isOutstanding: true), error: "declared already by a")
        let elsewhere = PathChange(path: "a/package.ocu.star", kind: .modified, old: nil, new: nil)
        #expect(DeliverPlan.inspect([elsewhere], known: [], owing: [broken]).evaluated == ["a", "api"])
        let gone = PathChange(path: "api/package.ocu.star", kind: .deleted, old: nil, new: nil)
        #expect(DeliverPlan.inspect([gone], known: [], owing: [broken]).evaluated.isEmpty)
    }
}
