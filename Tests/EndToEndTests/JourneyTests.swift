import Foundation
import Model
import TestSupport
import Testing

/// A commit's way through Change, Build, Target and Deployment, seen from outside.
@Suite(.serialized) struct JourneyTests {
    @Test func `a first push is built and deployed everywhere, a second one only where it matters`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "the shop opens",
            [
                "repo.ocu.star": Shop.repo(), "api/package.ocu.star": Shop.package("api"),
                "web/package.ocu.star": Shop.package("web"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, first) = try await shop.settle()
            #expect(status == 0)
            #expect(first.packages.map(\.state) == [.synced, .synced, .synced, .synced])
            #expect(
                first.packages.map { "\($0.package)@\($0.environment)" } == [
                    "api@prod", "api@staging", "web@prod", "web@staging",
                ])

            let commit = try remote.commit("a new door", ["api/door.txt": "blue"])
            let (again, second) = try await shop.settle()
            #expect(again == 0)
            for environment in ["staging", "prod"] as [EnvironmentName] {
                let api = try second.element("api", environment)
                #expect(api.deployed?.build.sequence == 2 && api.deployed?.build.commit == commit)
                #expect(try second.element("web", environment).deployed?.build.sequence == 1)
            }
            #expect(try shop.deployments("api@prod") == ["1", "2"])
            #expect(try shop.deployments("web@prod") == ["1"])
        }
    }

    @Test func `a changed file that a package file loads, through another, rebuilds the package and says so`()
        async throws
    {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo(),
                "tools/deep.star": "greeting = \"hello\"",
                "tools/top.star": "load(\"./deep.star\", \"greeting\")\nwords = greeting + \" world\"",
                "api/package.ocu.star": "load(\"//tools/top.star\", \"words\")\n\(Shop.package("api").source)",
                "web/package.ocu.star": Shop.package("web"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            try remote.commit("warmer", ["tools/deep.star": "greeting = \"welcome\""])
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(try report.element("api", "prod").deployed?.build.sequence == 2)
            #expect(try report.element("web", "prod").deployed?.build.sequence == 1)
            let log = try await shop.run("log").output
            #expect(log.contains("tools/deep.star changed, loaded by tools/top.star from api/package.ocu.star"))
        }
    }

    @Test func `one wrong package file fails with its place, all others go on, and a fix heals it`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo(), "api/package.ocu.star": Shop.package("api"),
                "web/package.ocu.star": Shop.package("web"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            try remote.commit(
                "break", ["api/package.ocu.star": "x = 1\nfail_here()\n", "web/style.css": "body {}"])
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            let api = try report.element("api", "prod")
            #expect(api.state == .failed)
            #expect(api.reason.contains("api/package.ocu.star:2:1"))
            #expect(api.deployed?.build.sequence == 1)
            #expect(try report.element("web", "prod").deployed?.build.sequence == 2)

            try remote.commit("mend", ["api/package.ocu.star": Shop.package("api")])
            let (mended, healed) = try await shop.settle()
            #expect(mended == 0)
            #expect(try healed.element("api", "prod").state == .synced)
        }
    }

    @Test func `the policy's later waits with its message, and its skip destroys`() async throws {
        let remote = try RepositoryBuilder()
        let policy = """
                if ctx.environment.name == "prod":
                    return later("soak for a day")
                return ready()
            """
        try remote.commit("first", ["repo.ocu.star": Shop.repo(), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            try remote.commit("careful", ["api/package.ocu.star": Shop.package("api", policy: policy)])
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            let prod = try report.element("api", "prod")
            #expect(prod.state == .waiting && prod.reason == "soak for a day")
            #expect(prod.deployed?.build.sequence == 1)
            #expect(try report.element("api", "staging").deployed?.build.sequence == 2)

            try remote.commit("gone", ["api/package.ocu.star": Shop.package("api", policy: "    return skip()")])
            let (skipped, empty) = try await shop.settle()
            #expect(skipped == 0)
            #expect(try empty.element("api", "prod").state == .absent)
            #expect(try empty.element("api", "prod").target == nil)
            #expect(try shop.deployments("api@prod") == nil)
        }
    }

    @Test func `an output feeds an input, and only a changed one deploys its consumer again`() async throws {
        let remote = try RepositoryBuilder()
        func database(_ url: String) -> FixtureFile {
            Shop.package("db", deploy: "    ctx.deploy.outputs[\"url\"] = \"\(url)\"")
        }
        let api = Shop.package(
            "api", policy: "    return ready(inputs = {\"db\": dependency(\"db\", \"url\"), \"size\": static(2)})",
            deploy:
                "    host.shell(\"echo %s %d >> '%s'\" % (ctx.deploy.inputs[\"db\"], ctx.deploy.inputs[\"size\"], place(ctx)))"
        )
        try remote.commit("only api", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": api])
        try await Installation.with(repos: [remote.url]) { shop in
            let (blocked, before) = try await shop.settle()
            #expect(blocked == 1)
            #expect(try before.element("api", "prod").state == .blocked)
            #expect(try before.element("api", "prod").reason.contains("db@prod"))

            try remote.commit("and db", ["db/package.ocu.star": database("pg://one")])
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(try report.element("db", "prod").deployed?.outputs == ["url": .string("pg://one")])
            #expect(try shop.deployments("api@prod") == ["1", "pg://one 2"])

            try remote.commit("same output", ["db/notes.txt": "nothing new"])
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "pg://one 2"])

            try remote.commit("new output", ["db/package.ocu.star": database("pg://two")])
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "pg://one 2", "1", "pg://two 2"])
        }
    }

    @Test func `a cycle of dependencies is named and never looped on`() async throws {
        let remote = try RepositoryBuilder()
        func member(_ name: String, needs other: String) -> FixtureFile {
            Shop.package(name, policy: "    return ready(inputs = {\"x\": dependency(\"\(other)\", \"x\")})")
        }
        try remote.commit(
            "round",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]), "a/package.ocu.star": member("a", needs: "b"),
                "b/package.ocu.star": member("b", needs: "a"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            #expect(try report.element("a", "prod").state == .blocked)
            #expect(try report.element("a", "prod").reason.contains("a@prod → b@prod → a@prod"))
        }
    }

    @Test func `a removed package and an archived environment are destroyed with the config that was deployed`()
        async throws
    {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo(), "api/package.ocu.star": Shop.package("api"),
                "web/package.ocu.star": Shop.package("web"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            try remote.commit("no more web", ["web": .deleted])
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(report.packages.map { "\($0.package)@\($0.environment)" } == ["api@prod", "api@staging"])
            #expect(try shop.deployments("web@prod") == nil)

            let archived = Shop.repo("shop", ["prod"]).source + "\nenvironment(\"staging\", archived = True)"
            try remote.commit("no more staging", ["repo.ocu.star": .text(archived)])
            let (archiving, rest) = try await shop.settle()
            #expect(archiving == 0)
            #expect(rest.packages.map { "\($0.package)@\($0.environment)" } == ["api@prod"])
            #expect(try shop.deployments("api@staging") == nil)
            #expect(try shop.deployments("api@prod") == ["1"])
        }
    }

    @Test func `a push of several commits delivers its tip, and history that was rewritten is delivered too`()
        async throws
    {
        let remote = try RepositoryBuilder()
        let first = try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with(repos: [remote.url], arguments: ["--poll", "1h"]) { shop in
            #expect(try await shop.settle().status == 0)
            for number in 1...3 { try remote.commit("step \(number)", ["api/step.txt": "\(number)"]) }
            let tip = try remote.tip()
            let (_, report) = try await shop.settle()
            #expect(try report.element("api", "prod").deployed?.build.sequence == 2)
            #expect(try report.element("api", "prod").deployed?.build.commit == tip)

            let rewritten = try remote.commit("other", ["api/step.txt": "other"], base: first)
            let (_, forced) = try await shop.settle()
            #expect(try forced.element("api", "prod").deployed?.build.commit == rewritten)

            try remote.commit("empty")
            let (_, empty) = try await shop.settle()
            #expect(try empty.element("api", "prod").deployed?.build.commit == rewritten)
        }
    }
}

extension Installation {
    /// The lines that deploys wrote for a placement, nil once it was destroyed.
    func deployments(_ placement: String) throws -> [String]? {
        guard FileManager.default.fileExists(atPath: world + "/" + placement) else { return nil }
        return try String(contentsOfFile: world + "/" + placement, encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }
}

extension FixtureFile {
    /// The text of a plain file, empty for anything else.
    var source: String {
        if case .text(let text) = self { text } else { "" }
    }
}
