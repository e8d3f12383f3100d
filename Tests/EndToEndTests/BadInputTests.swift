import Foundation
import Model
import TestSupport
import Testing

/// A clear error on the object that it concerns, while the server goes on.
@Suite(.serialized) struct BadInputTests {
    @Test func `a wrong URL is refused with what, why and what to do`() async throws {
        try await Installation.with { shop in
            let end = try await shop.run("repo", "add", "file:///nowhere/at/all")
            #expect(end.status == 1)
            #expect(end.errors.contains("/nowhere/at/all"))
            #expect(try await shop.run("repo", "list", "--json").output.contains("nowhere") == false)
        }
    }

    @Test func `a repo without repo ocu star is in error, and heals with a push`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit("no config", ["README.md": "hello"])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            #expect(report.packages.isEmpty)
            #expect(try await shop.run("repo", "list", "--json").output.contains("repo.ocu.star"))
            try remote.commit(
                "config", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "package.ocu.star": Shop.package("root")])
            #expect(try await shop.settle().status == 0)
        }
    }

    @Test func `two packages of one name and a duplicate environment are errors that name both places`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "twice",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]), "a/package.ocu.star": Shop.package("api"),
                "b/package.ocu.star": Shop.package("api"), "c/package.ocu.star": Shop.package("web"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            let failed = try #require(report.packages.first { $0.state == .failed })
            #expect(failed.reason.contains("a/package.ocu.star") || failed.reason.contains("b/package.ocu.star"))
            #expect(try report.element("web", "prod").state == .synced)
            try remote.commit(
                "one name, two environments",
                ["b": .deleted, "repo.ocu.star": Shop.repo("shop", ["prod", "prod"])])
            #expect(try await shop.settle().status == 1)
            let list = try await shop.run("repo", "list", "--json").output
            #expect(list.contains("repo.ocu.star:5") && list.contains("prod"))
        }
    }

    @Test func `a policy that never ends, or allocates without end, fails in its bounds`() async throws {
        let remote = try RepositoryBuilder()
        let endless = "    for i in range(1 << 60):\n        pass\n    return ready()"
        let greedy = "    s = \"x\"\n    for i in range(100):\n        s += s\n    return ready()"
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "loop/package.ocu.star": Shop.package("loop", policy: endless),
                "heap/package.ocu.star": Shop.package("heap", policy: greedy),
                "fine/package.ocu.star": Shop.package("fine"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            #expect(try report.element("loop", "prod").state == .failed)
            #expect(try report.element("loop", "prod").reason.contains("too many steps"))
            #expect(try report.element("heap", "prod").state == .failed)
            #expect(try report.element("heap", "prod").reason.contains("the limit is"))
            #expect(try report.element("fine", "prod").state == .synced)
        }
    }

    @Test func `a policy that reads what its own deploy changes is paused, and says so`() async throws {
        let remote = try RepositoryBuilder()
        let policy = "    return ready(inputs = {\"n\": static(ctx.build.annotations.get(\"n\", \"0\"))})"
        let deploy = "    ctx.build.annotations[\"n\"] = ctx.deploy.id"
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", policy: policy, deploy: deploy),
                "fine/package.ocu.star": Shop.package("fine"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle(timeout: "300s")
            #expect(status == 1)
            #expect(try report.element("api", "prod").state == .blocked)
            #expect(try report.element("api", "prod").reason.contains("30 times"))
            #expect(try report.element("fine", "prod").state == .synced)
        }
    }

    @Test func `a deploy that prints a gigabyte succeeds, with a bounded log that says what was dropped`() async throws
    {
        let remote = try RepositoryBuilder()
        let deploy = "    host.shell(\"yes 0123456789abcdef0123456789abcdef | head -c 1000000000\", mute = False)"
        try remote.commit(
            "loud",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", deploy: deploy),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, _) = try await shop.settle(timeout: "600s")
            #expect(status == 0)
            let log = try await shop.run("log", "api@prod").output
            #expect(log.utf8.count > 100_000 && log.utf8.count < 64 << 20)
            let isNoted = log.contains("bytes of the log were dropped here")
            #expect(isNoted)
        }
    }

    @Test func `a deploy that fails is tried again, then failed until a person asks for a retry`() async throws {
        let remote = try RepositoryBuilder()
        let deploy = """
                host.shell("echo try >> $WORLD/tries; test -e $WORLD/open || { echo the door is locked; exit 3; }")
            """
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", deploy: deploy),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            let api = try report.element("api", "prod")
            #expect(api.state == .failed && api.reason.contains("the door is locked"), "\(api.reason)")
            #expect(try shop.deployments("tries")?.count == 4)
            _ = FileManager.default.createFile(atPath: shop.world + "/open", contents: nil)
            #expect(try await shop.run("sync", "--retry").status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("tries")?.count == 5)
        }
    }

    @Test func `a failed build is owed: the next push builds it again, whatever it touched`() async throws {
        let remote = try RepositoryBuilder()
        let build = "    host.shell(\"test -e $WORLD/open || { echo no compiler; exit 1; }\")"
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", build: build), "web/package.ocu.star": Shop.package("web"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            let api = try report.element("api", "prod")
            #expect(api.state == .failed && api.reason.contains("no compiler"), "\(api.reason)")
            #expect(try report.element("web", "prod").state == .synced)
            _ = FileManager.default.createFile(atPath: shop.world + "/open", contents: nil)
            try remote.commit("something else", ["web/style.css": "body {}"])
            let (again, healed) = try await shop.settle()
            #expect(again == 0)
            #expect(try healed.element("api", "prod").deployed?.build.sequence == 2)
        }
    }
}
