import Foundation
import Model
import TestSupport
import Testing

/// What a running server does about its mirrors, and about what repositories hold.
@Suite(.serialized) struct RepositoryTests {
    private func mirror(of shop: Installation) throws -> String {
        let directory = shop.directory + "/mirrors"
        let name = try FileManager.default.contentsOfDirectory(atPath: directory).first { $0.hasSuffix(".git") }
        return directory + "/" + (try #require(name))
    }

    @Test func `a mirror that is deleted or damaged under the running server heals, and pushes deploy`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let mirror = try mirror(of: shop)
            // At once, though a look may be writing there.
            try FileManager.default.moveItem(atPath: mirror, toPath: shop.directory + "/gone.git")
            try remote.commit("second", ["api/change.txt": "2"])
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "2"])

            for name in try FileManager.default.subpathsOfDirectory(atPath: mirror + "/objects") {
                let file = mirror + "/objects/" + name
                guard name.utf8.count == 41 || name.hasSuffix(".pack") else { continue }
                try FileManager.default.removeItem(atPath: file)
                try Data("garbage".utf8).write(to: URL(fileURLWithPath: file))
            }
            try remote.commit("third", ["api/change.txt": "3"])
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "2", "3"])

            try FileManager.default.moveItem(atPath: mirror, toPath: shop.directory + "/gone-again.git")
            try Data("a file".utf8).write(to: URL(fileURLWithPath: mirror))
            try await waitUntil(timeout: .seconds(30), "a poll makes the mirror anew") {
                FileManager.default.fileExists(atPath: mirror + "/refs/heads/main")
            }
            #expect(try String(contentsOfFile: mirror + ".aside", encoding: .utf8) == "a file")
            #expect(try await shop.settle().status == 0)
        }
    }

    @Test func `branches and tags that fit a pattern are delivered when they appear`() async throws {
        let remote = try RepositoryBuilder()
        let files: [String: FixtureFile] = [
            "repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api"),
        ]
        let old = try remote.commit("old", files)
        _ = try remote.tag("v1", at: old)
        _ = try remote.tag("v2", at: try remote.commit("older than main", ["api/change.txt": "2"]))
        try remote.commit("first", ["api/change.txt": "3"])
        try await Installation.with(repos: []) { shop in
            let added = try await shop.run("repo", "add", remote.url, "--ref", "refs/tags/v*", "--ref", "release/*")
            #expect(added.status == 0, "\(added.errors)")
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1"], "of the tags that were there, the newest")
            try remote.commit("on a branch", files.merging(["api/change.txt": "4"]) { $1 }, on: "release/1")
            #expect(try await shop.settle().status == 0)
            _ = try remote.tag("v3", at: try remote.commit("tagged", ["api/change.txt": "5"]), message: "annotated")
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "2", "3"])
            let changed = try await shop.run("repo", "set", "shop", "--ref", "main")
            #expect(changed.output.contains("delivers refs/heads/main"), "\(changed.errors)")
            #expect(try await shop.settle().status == 0)
            let log = try await shop.run("log")
            #expect(log.output.contains("refs/heads/main is at"), "\(log.output)")
            let wrong = try await shop.run("repo", "set", "shop", "--ref", "a b")
            #expect(wrong.status == 1 && wrong.errors.contains("it contains a space"), "\(wrong.errors)")
        }
    }

    @Test func `a branch that git cannot read keeps no other from delivery, is told, and is delivered once mended`()
        async throws
    {
        let remote = try RepositoryBuilder()
        let first = try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        try remote.commitMalformed(on: "release/1")
        try await Installation.with { shop in
            let added = try await shop.run("repo", "add", remote.url, "--ref", "main", "--ref", "release/*")
            #expect(added.status == 0, "\(added.errors)")
            try await waitUntil(timeout: .seconds(30), "main is deployed") {
                try shop.deployments("api@prod") == ["1"]
            }
            try remote.commit("second", ["api/change.txt": "2"])
            try await waitUntil(timeout: .seconds(30), "the next push to main is deployed, too") {
                try shop.deployments("api@prod") == ["1", "2"]
            }
            let told = "the delivery of release/1 is held up: cannot read commit"
            let (list, status) = (try await shop.run("repo", "list"), try await shop.run("status"))
            #expect(list.output.contains(told) && status.errors.contains(told), "\(list.output)\(status.errors)")
            try remote.commit("mended", ["api/change.txt": "3"], on: "release/1", base: first)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "2", "3"])
            #expect(try await shop.run("repo", "list").output.contains("held up") == false)
        }
    }

    @Test func `a repo without the branch that is delivered says so, and heals when it is pushed`() async throws {
        let remote = try RepositoryBuilder()
        let files: [String: FixtureFile] = [
            "repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api"),
        ]
        try remote.commit("elsewhere", files, on: "other")
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 1)
            #expect(try await shop.run("repo", "list").output.contains("it has no refs/heads/main"))
            try remote.commit("first", files)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1"])
            #expect(try await shop.run("repo", "list").output.contains("watched"))
        }
    }

    @Test func `a ref that git does not allow is refused, and nothing is watched`() async throws {
        try await Installation.with { shop in
            for ref in ["a..b", "a b", "a.lock", "refs/heads/a~1", "a/"] {
                let end = try await shop.run("repo", "add", "file:///nowhere", "--force", "--ref", ref)
                #expect(end.status == 1)
                #expect(end.errors.contains("cannot be the name of a ref"), "\(end.errors)")
            }
            #expect(try await shop.run("repo", "list", "--json").output.contains("nowhere") == false)
        }
    }

    @Test func `links and names that cannot be addressed are errors of their packages alone`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api"),
                "link/package.ocu.star": .symlink(to: "../api/package.ocu.star"),
                "name/package.ocu.star": Shop.package("a@b"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            #expect(try report.element("api", "prod").state == .synced)
            let reasons = report.packages.filter { $0.state == .failed }.map(\.reason)
            #expect(
                reasons.contains {
                    $0.contains("link/package.ocu.star is a symbolic link to '../api/package.ocu.star'")
                }, "\(reasons)")
            #expect(
                reasons.contains {
                    $0.contains("name/package.ocu.star:22:8: ") && $0.contains("'a@b' cannot be the name of a package")
                }, "\(reasons)")
        }
    }

    @Test func `a host that hangs keeps no other repository waiting, and is named where it is watched`() async throws {
        let rude = try ScriptedServer("rude_server.py")
        let remote = try RepositoryBuilder()
        try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with { shop in
            for number in 0..<40 {
                let url = "http://127.0.0.1:\(rude["http"])/hang/\(number).git"
                #expect(try await shop.post("/api/v1/repos", "{\"url\": \"\(url)\", \"force\": true}").status == 201)
            }
            #expect(try await shop.run("repo", "add", remote.url).status == 0)
            try await waitUntil(timeout: .seconds(25), "the push is delivered while the others hang") {
                (try? shop.deployments("api@prod")) == ["1"]
            }
            try await waitUntil(timeout: .seconds(60), "what hangs is said so") {
                try await shop.run("repo", "list").output.contains("the time allowed for it ran out")
            }
        }
    }
}
