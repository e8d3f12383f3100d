import Foundation
import Model
import TestSupport
import Testing

/// Branches with environments of their own, with the built binary and real repositories.
@Suite(.serialized) struct PreviewTests {
    private static let x = "preview-feature-x"

    /// A remote with a db, an api that takes its own db's and staging's URL, and a main that is delivered.
    private func shopRemote(isBare: Bool = true) throws -> RepositoryBuilder {
        let remote = try RepositoryBuilder(isBare: isBare)
        let database = Shop.package(
            "db", deploy: "    ctx.deploy.outputs[\"url\"] = \"db-of-\" + ctx.environment.name")
        let api = Shop.package(
            "api",
            policy: """
                    return ready(inputs = {
                        "own": dependency("db", "url"), "shared": dependency("db", "url", environment = "staging"),
                    })
                """,
            deploy: "    host.shell(\"echo %s %s >> '%s'\" % (ctx.deploy.inputs[\"own\"], "
                + "ctx.deploy.inputs[\"shared\"], place(ctx)))")
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo(), "api/package.ocu.star": api, "db/package.ocu.star": database,
            ])
        return remote
    }

    private func branch(_ name: String, of remote: RepositoryBuilder) throws {
        try remote.point(name, at: try remote.tip())
    }

    private func previews(_ shop: Installation) async throws -> [Preview] {
        struct List: Decodable { let repos: [Repo] }
        let end = try await shop.run("repo", "list", "--json")
        return try JSONText.decode(List.self, from: Data(end.output.utf8)).repos.flatMap(\.previews)
    }

    private func environments(_ report: StatusReport) -> [String] {
        Set(report.packages.map(\.environment.rawValue)).sorted()
    }

    @Test(arguments: ["file", "http"])
    func `a branch is deployed in its preview only, and main nowhere else`(scheme: String) async throws {
        let remote = try shopRemote()
        let parts = remote.path.split(separator: "/")
        let host =
            scheme == "http"
            ? try ScriptedServer(
                "git_server.py", "/" + parts.dropLast().joined(separator: "/"), "nobody", "/etc/hostname")
            : nil
        let url = host.map { "http://127.0.0.1:\($0["http"])/open/\(parts.last ?? "")" } ?? remote.url
        try await Installation.with { shop in
            #expect(
                try await shop.run("repo", "add", url, "--preview", "feature/*", "--preview-like", "staging").status
                    == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "db-of-prod db-of-staging"])

            try remote.commit("try it", ["api/step.txt": "1"], on: "feature/x", base: try remote.tip())
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(environments(report) == [Self.x, "prod", "staging"])
            #expect(report.packages.allSatisfy { $0.repo == "shop" })
            #expect(try shop.deployments("api@\(Self.x)") == ["1", "db-of-\(Self.x) db-of-staging"])
            #expect(try shop.deployments("api@prod") == ["1", "db-of-prod db-of-staging"])
            let listed = try await shop.run("repo", "list").output
            #expect(listed.contains("  \(Self.x)") && listed.contains("feature/x"), "\(listed)")
            let page = String(decoding: try await shop.get("/").body, as: UTF8.self)
            #expect(page.contains("feature/x in <code>\(Self.x)</code>"))

            try remote.commit("more", ["api/step.txt": "2"], on: "feature/x")
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@\(Self.x)")?.count == 4)
            #expect(try shop.deployments("db@\(Self.x)") == ["1"], "it was not affected")

            try remote.commit("on main", ["db/step.txt": "1"])
            let (_, after) = try await shop.settle()
            #expect(try shop.deployments("db@prod") == ["1", "2"])
            #expect(try shop.deployments("db@\(Self.x)") == ["1"])
            #expect(try after.element("db", "preview-feature-x").deployed?.build.sequence == 1)

            try remote.deleteBranch("feature/x")
            let (gone, left) = try await shop.settle()
            #expect(gone == 0)
            #expect(environments(left) == ["prod", "staging"])
            #expect(try shop.deployments("api@\(Self.x)") == nil && shop.deployments("db@\(Self.x)") == nil)
            #expect(try await previews(shop).isEmpty)
        }
        withExtendedLifetime(host) {}
    }

    @Test func `branches of the same letters, a force-push, and --no-preview`() async throws {
        let remote = try shopRemote()
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            for name in ["feature/older", "feature/old"] {
                try remote.commit(name, on: name, base: try remote.tip())
            }
            #expect(try await shop.run("repo", "set", "shop", "--preview", "feature*").status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(
                try await previews(shop).map(\.environment) == ["preview-feature-old"], "the newest")

            for name in ["feature/a-b", "feature/a/b"] { try branch(name, of: remote) }
            #expect(try await shop.settle().status == 0)
            let names = try await previews(shop).map(\.environment.rawValue).sorted()
            #expect(names.count == 3 && names[0] == "preview-feature-a-b")
            #expect(names[1].hasPrefix("preview-feature-a-b-") && names[1].utf8.count == 28)
            for name in names { #expect(try shop.deployments("db@\(name)") == ["1"], "\(name)") }

            let first = try remote.tip()
            try remote.commit("one way", ["db/way.txt": "1"], on: "feature/a-b")
            #expect(try await shop.settle().status == 0)
            try remote.commit("another", ["db/way.txt": "2"], on: "feature/a-b", base: first)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("db@preview-feature-a-b") == ["1", "2", "3"])
            #expect(try shop.deployments("db@\(names[1])") == ["1"])

            let set = try await shop.run("repo", "set", "shop", "--no-preview")
            #expect(set.status == 0 && !set.output.contains("with previews"), "\(set.errors)")
            let (status, report) = try await shop.settle()
            #expect(status == 0 && environments(report) == ["prod", "staging"])
            for name in names { #expect(try shop.deployments("db@\(name)") == nil, "\(name)") }
            #expect(try shop.deployments("db@prod") == ["1"])
        }
    }

    @Test func `a branch that is deleted and pushed again waits for the destroy, also over a kill`() async throws {
        let remote = try RepositoryBuilder()
        let package = Shop.package(
            "api", deploy: "    host.shell(\"echo deploy >> '%s/log'\" % host.env_var(\"WORLD\"))",
            destroy: """
                    world = host.env_var("WORLD")
                    host.shell("cd '%s'; echo begin >> log; until [ -e gate ]; do sleep 0.05; done; echo end >> log" % world)
                """)
        try remote.commit("first", ["repo.ocu.star": Shop.repo("shop", []), "api/package.ocu.star": package])
        try branch("feature/x", of: remote)
        try await Installation.with { shop in
            #expect(try await shop.run("repo", "add", remote.url, "--preview", "feature/*").status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("log") == ["deploy"])
            let tip = try remote.tip(of: "feature/x")
            try remote.deleteBranch("feature/x")
            try await waitUntil(timeout: .seconds(60), "the destroy has begun") {
                try shop.deployments("log")?.contains("begin") == true
            }
            await shop.kill()
            try remote.point("feature/x", at: tip)
            try await shop.start()
            let waiting = try await waitFor(timeout: .seconds(60), "the new preview to wait") {
                let end = try await shop.run("status", "--json")
                let report = try JSONText.decode(StatusReport.self, from: Data(end.output.utf8))
                return report.packages.first { $0.repo == "shop" && $0.reason.contains("waits for the removal") }
            }
            #expect(waiting.environment == "preview-feature-x")
            #expect(FileManager.default.createFile(atPath: shop.world + "/gate", contents: nil))
            let (status, report) = try await shop.settle()
            #expect(status == 0 && report.packages.map(\.state) == [.synced])
            let log = try #require(try shop.deployments("log"))
            #expect(log.last == "deploy" && log.count { $0 == "deploy" } == 2, "\(log)")
            #expect(log.dropLast().last == "end", "nothing was deployed before the destroy had ended: \(log)")
        }
    }

    @Test func `a preview that cannot be delivered says so with its branch, and main goes on`() async throws {
        let remote = try shopRemote()
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let wrong = try await shop.run("repo", "set", "shop", "--preview", "refs/tags/*")
            #expect(wrong.status == 1 && wrong.errors.contains("only branches have previews"), "\(wrong.errors)")
            #expect(try await shop.run("repo", "set", "shop", "--preview-like", "prod").status == 2)
            #expect(
                try await shop.run("repo", "set", "shop", "--preview", "feature/x", "--preview-like", "prod").status
                    == 0)
            try remote.commit(
                "rename", ["repo.ocu.star": Shop.repo("shop", ["staging"])], on: "feature/x", base: try remote.tip())
            try remote.commit("on main", ["db/step.txt": "1"])
            let (status, report) = try await shop.settle()
            #expect(status == 1 && environments(report) == ["prod", "staging"])
            #expect(try shop.deployments("db@prod") == ["1", "2"])
            let shown = try await shop.run("status").errors
            #expect(shown.contains("shop, preview of refs/heads/feature/x"), "\(shown)")
            #expect(shown.contains("declares no environment 'prod'"), "\(shown)")
            #expect(try await previews(shop).first?.error?.contains("'prod'") == true)
            #expect(try await shop.run("repo", "set", "shop", "--preview-like", "staging").status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("db@\(Self.x)") == ["1"])
        }
    }

    @Test func `deliver in a checkout of a branch delivers to its preview`() async throws {
        let remote = try shopRemote(isBare: false)
        try await Installation.with(repos: [remote.url], arguments: ["--poll", "1h"]) { shop in
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.run("repo", "set", "shop", "--preview", "feature/*").status == 0)
            try branch("feature/x", of: remote)
            let delivered = try await shop.run(
                "deliver", "--ref", "feature/x", "--repo", "shop", workingDirectory: remote.path)
            #expect(delivered.status == 0, "\(delivered.errors)")
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("db@\(Self.x)") == ["1"] && shop.deployments("db@prod") == ["1"])
            try remote.commit("main's own", trailers: [("Ocuroot-Hold", "api@staging")])
            #expect(try await shop.settle().status == 0)
            try branch("feature/x", of: remote)
            #expect(
                try await shop.run("deliver", "--ref", "feature/x", workingDirectory: remote.path).status == 0)
            let log = try await shop.run("log", "--limit", "200").output
            #expect(log.contains("steering.applied") && !log.contains("steering.refused"), "\(log)")
            try remote.write("db/patched.txt", "not committed")
            #expect(
                try await shop.run("deliver", "--ref", "feature/x", workingDirectory: remote.path).status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("db@\(Self.x)") == ["1", "2"] && shop.deployments("db@prod") == ["1"])
        }
    }

    @Test func `a remote that lost everything destroys no preview`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit("first", ["repo.ocu.star": Shop.repo(), "db/package.ocu.star": Shop.package("db")])
        try branch("feature/x", of: remote)
        try await Installation.with { shop in
            #expect(try await shop.run("repo", "add", remote.url, "--preview", "feature/*").status == 0)
            #expect(try await shop.settle().status == 0)
            let tip = try remote.tip()
            try remote.deleteBranch("feature/x")
            try remote.deleteBranch("main")
            let (status, report) = try await shop.settle()
            #expect(status == 1 && environments(report) == [Self.x, "prod", "staging"])
            #expect(try await shop.run("status").errors.contains("all that was known of it is gone"))
            try FileManager.default.moveItem(atPath: remote.path, toPath: remote.path + ".away")
            #expect(try await shop.settle().status == 1)
            try FileManager.default.moveItem(atPath: remote.path + ".away", toPath: remote.path)
            #expect(try shop.deployments("db@\(Self.x)") == ["1"])
            try remote.point("main", at: tip)
            let (back, after) = try await shop.settle()
            #expect(back == 0 && environments(after) == ["prod", "staging"])
            #expect(try shop.deployments("db@\(Self.x)") == nil)
        }
    }
}
