import Foundation
import Model
import TestSupport
import Testing

/// What becomes of deployments when their repo is removed while something runs, seen from outside.
@Suite(.serialized) struct RemovalTests {
    /// Statements that write `begin WORD` to `$WORLD/log`, wait for the file `$WORLD/gate`, and write `end WORD`.
    private func gated(_ word: String) -> String {
        """
            world = host.env_var("WORLD")
            host.shell("cd '%s'; echo begin \(word) >> log; until [ -e gate ]; do sleep 0.05; done; echo end \(word) >> log" % world)
        """
    }

    private func openGate(_ shop: Installation) {
        #expect(FileManager.default.createFile(atPath: shop.world + "/gate", contents: nil))
    }

    private func waitForLog(_ shop: Installation, _ line: String) async throws {
        try await waitUntil(timeout: .seconds(60), "'\(line)' in the log") {
            try shop.deployments("log")?.contains(line) == true
        }
    }

    @Test func `a repo that is added again while its removal destroys waits for that, and is then deployed`()
        async throws
    {
        let remote = try RepositoryBuilder()
        let package = Shop.package(
            "api", deploy: "    host.shell(\"echo deploy >> '%s/log'\" % host.env_var(\"WORLD\"))",
            destroy: gated("destroy"))
        try remote.commit("first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": package])
        try await Installation.with { shop in
            #expect(try await shop.run("repo", "add", remote.url).status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.run("repo", "remove", "shop", "--destroy").status == 0)
            #expect(try await shop.run("repo", "add", remote.url).status == 0)
            try await waitForLog(shop, "begin destroy")
            let waiting = try await waitFor(timeout: .seconds(60), "the new repo to wait") {
                let end = try await shop.run("status", "--json")
                let report = try JSONText.decode(StatusReport.self, from: Data(end.output.utf8))
                return report.packages.first { $0.repo == "shop" && $0.reason.contains("waits for the removal") }
            }
            #expect(waiting.state == .progressing)
            await shop.kill()
            try await shop.start()
            openGate(shop)
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(report.packages.map(\.state) == [.synced])
            #expect(report.packages.map(\.repo) == ["shop"])
            #expect(try shop.deployments("log") == ["deploy", "begin destroy", "end destroy", "deploy"])
            #expect(try shop.deployments("api@prod") == ["1"], "the new repo's deploy is what there is")
        }
    }

    @Test func `a destroy that fails for good blocks the repo that was added again until it is given up`() async throws
    {
        let remote = try RepositoryBuilder()
        let package = Shop.package("api", destroy: "    fail(\"it is in use\")")
        try remote.commit("first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": package])
        try await Installation.with { shop in
            #expect(try await shop.run("repo", "add", remote.url).status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.run("repo", "remove", "shop", "--destroy").status == 0)
            #expect(try await shop.run("repo", "add", remote.url).status == 0)
            let (blocked, report) = try await shop.settle()
            #expect(blocked == 1)
            #expect(report.packages.map(\.repo.rawValue) == ["shop", "shop (o1, removed)"])
            #expect(report.packages.map(\.state) == [.blocked, .failed])
            #expect(report.packages.allSatisfy { $0.reason.contains("it is in use") })
            #expect(report.packages[0].reason.contains("'ocuroot repo remove o1 --orphan'"))

            #expect(try await shop.run("repo", "remove", "o1", "--orphan").status == 0)
            let (status, after) = try await shop.settle()
            #expect(status == 0)
            #expect(after.packages.map(\.state) == [.synced])
            #expect(try shop.deployments("api@prod") == ["1", "1"], "deployed over what was given up")
            let again = try await shop.run("repo", "remove", "o1", "--orphan")
            #expect(again.status == 1)
            #expect(again.errors.contains("no such repo"), "\(again.errors)")
        }
    }

    @Test func `a deploy that runs when its repo is orphaned ends and is left as it is`() async throws {
        let remote = try RepositoryBuilder()
        let package = Shop.package("api", deploy: gated("deploy"))
        try remote.commit("first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": package])
        try await Installation.with { shop in
            #expect(try await shop.run("repo", "add", remote.url).status == 0)
            try await waitForLog(shop, "begin deploy")
            #expect(try await shop.run("repo", "remove", "shop", "--orphan").status == 0)
            openGate(shop)
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(report.packages.isEmpty)
            #expect(try shop.deployments("log") == ["begin deploy", "end deploy"])
            #expect(try shop.deployments("api@prod") == ["1"], "nothing was destroyed")
            #expect(try await shop.runs(package: "api").allSatisfy { $0.run.kind != .destroy })
        }
    }
}
