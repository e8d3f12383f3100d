import Model
import Testing

@testable import Store

struct PackagePlanTests {
    private func known(
        _ name: PackageName, _ path: String, id: Int64 = 1, isProvisional: Bool = false, isRemoved: Bool = false
    ) -> KnownPackage {
        KnownPackage(
            id: PackageID(rawValue: id), name: name, path: path, functions: [.build, .deploy, .destroy], tasks: [],
            error: nil, isProvisional: isProvisional, isRemoved: isRemoved)
    }

    private func file(_ directory: String, _ names: PackageName...) -> EvaluatedPackageFile {
        let packages = names.map { PackageDeclaration.named($0, path: directory) }
        return EvaluatedPackageFile(directory: directory, outcome: .declared(packages), loads: [])
    }

    @Test func `what is as it was needs no write`() {
        let plan = PackagePlan(known: [known("api", "a")], evaluated: [file("a", "api")], removedDirectories: [])
        #expect(plan.changed.isEmpty && plan.removed.isEmpty && plan.failures.isEmpty && plan.added.isEmpty)
    }

    @Test func `a name that a file declares no more is gone, unless another file has it now`() {
        let plan = PackagePlan(
            known: [known("api", "a", id: 1), known("web", "a", id: 2)], evaluated: [file("b", "web"), file("a")],
            removedDirectories: [])
        #expect(plan.removed.map(\.name) == ["api"])
        #expect(plan.changed.map(\.name) == ["web"] && plan.added.isEmpty)
    }

    @Test func `an untouched file keeps its name against a later one and loses it to an earlier one`() {
        let against = PackagePlan(known: [known("api", "m")], evaluated: [file("z", "api")], removedDirectories: [])
        #expect(Set(against.failures.keys) == ["z"] && against.declared.isEmpty)
        let lost = PackagePlan(known: [known("api", "m")], evaluated: [file("a", "api")], removedDirectories: [])
        #expect(Set(lost.failures.keys) == ["m"] && lost.changed.map(\.path) == ["a"])
    }

    @Test func `a file with one name twice, or with another's, declares nothing at all`() {
        let twice = PackagePlan(known: [], evaluated: [file("a", "x", "x")], removedDirectories: [])
        #expect(twice.declared.isEmpty && twice.failures["a"] == "a/package.ocu.star: package 'x' is declared twice")
        let others = PackagePlan(known: [], evaluated: [file("b", "y", "x"), file("a", "x")], removedDirectories: [])
        #expect(Set(others.declared.keys) == ["x"] && Set(others.failures.keys) == ["b"])
    }

    @Test func `a file in error keeps what it had, save what another file declares now`() {
        let failed = EvaluatedPackageFile(directory: "a", outcome: .failed("a:1:1: no"), loads: [])
        let plan = PackagePlan(
            known: [known("api", "a", id: 1), known("web", "a", id: 2)], evaluated: [failed, file("b", "web")],
            removedDirectories: [])
        #expect(plan.removed.isEmpty && plan.failures == ["a": "a:1:1: no"])
        #expect(plan.changed.map(\.path) == ["b"])
    }

    @Test func `what stood for a file in error goes when the file is mended, what was removed comes back`() {
        let plan = PackagePlan(
            known: [
                known("a/package.ocu.star", "a", id: 1, isProvisional: true),
                known("api", "old", id: 2, isRemoved: true),
            ], evaluated: [file("a", "api")], removedDirectories: [])
        #expect(plan.removed.map(\.name) == ["a/package.ocu.star"])
        #expect(plan.added == ["api"] && plan.changed.map(\.name) == ["api"])
    }
}
