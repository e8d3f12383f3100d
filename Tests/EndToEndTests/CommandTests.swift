import Foundation
import TestSupport
import Testing

/// The commands as people and their scripts use them.
@Suite(.serialized) struct CommandTests {
    /// A remote with one package that prints what it builds.
    private func remote(isBare: Bool = true, build: String = "    pass") throws -> RepositoryBuilder {
        let remote = try RepositoryBuilder(isBare: isBare)
        try remote.commit(
            "the shop opens",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                "api/package.ocu.star": Shop.package("api", build: build),
            ])
        return remote
    }

    @Test func `a dirty checkout is delivered with its changes, and its build's log can be read`() async throws {
        let checkout = try remote(isBare: false, build: "    print(host.shell(\"cat note.txt || true\").stdout)")
        try await Installation.with(repos: [checkout.url]) { shop in
            #expect(try await shop.settle().status == 0)
            try checkout.write("api/note.txt", "only here")
            let delivered = try await shop.run("deliver", "--message", "try it", workingDirectory: checkout.path)
            #expect(delivered.status == 0, "\(delivered.errors)")
            #expect(delivered.output.contains("api") && delivered.output.contains("succeeded"))
            #expect(delivered.output.contains("with an uncommitted patch"), "\(delivered.output)")
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(try report.element("api", "prod").deployed?.build.sequence == 2)
            let build = try #require(try report.element("api", "prod").deployed?.build.id)
            #expect(try await shop.run("log", "\(build)").output.contains("only here"))
            #expect(try await shop.run("status").output.contains("+patch"))
            let misspelt = try await shop.run("status", "--wait", "--package", "apii")
            #expect(misspelt.status == 1)
            #expect(misspelt.errors == "error: there is no package 'apii'\nhint: there is api\n")
        }
    }

    @Test func `a shallow checkout is delivered, as it is and with changes, on a branch and on none`() async throws {
        let remote = try remote()
        for number in 1...3 { try remote.commit("step \(number)", ["api/step.txt": "\(number)"]) }
        let checkout = NSTemporaryDirectory() + "ocuroot-shallow-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: checkout) }
        func git(_ arguments: String...) async throws -> Command.End {
            let end = try await Command("/usr/bin/env", ["git"] + arguments).end()
            #expect(end.status == 0, "\(end.errors)")
            return end
        }
        try await Installation.with(repos: [remote.url], arguments: ["--poll", "1h"]) { shop in
            #expect(try await shop.settle().status == 0)
            try remote.commit("step 4", ["api/step.txt": "4"], trailers: [("Ocuroot-Annotate", "api@1 by=ci")])
            _ = try await git("clone", "--quiet", "--depth", "1", remote.url, checkout)
            #expect(FileManager.default.fileExists(atPath: checkout + "/.git/shallow"))
            let pushed = try await shop.run("deliver", workingDirectory: checkout)
            #expect(pushed.status == 0 && pushed.output.contains("succeeded"), "\(pushed.errors)")
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 2)
            #expect(try await shop.run("log", "--limit", "50").output.contains("has 'by' = 'ci'"))

            _ = try await git("-C", checkout, "checkout", "--quiet", "--detach")
            let detached = try await shop.run("deliver", workingDirectory: checkout)
            #expect(detached.status == 2 && detached.errors.contains("with --ref"), "\(detached.errors)")
            try "5".write(toFile: checkout + "/api/step.txt", atomically: true, encoding: .utf8)
            let patched = try await shop.run("deliver", "--ref", "main", workingDirectory: checkout)
            #expect(patched.status == 0 && patched.output.contains("with an uncommitted patch"), "\(patched.errors)")
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 3)
        }
    }

    @Test func `waiting ends with 3 when the time is up, and says what is unfinished`() async throws {
        let slow = try remote(build: "    host.shell(\"sleep 20\")")
        try await Installation.with(repos: [slow.url], arguments: ["--drain", "100ms"]) { shop in
            let end = try await shop.run("status", "--wait", "--timeout", "3s")
            #expect(end.status == 3, "\(end.errors)")
            #expect(end.errors.contains("the time is up"))
            #expect(end.errors.contains("api"))
            #expect(end.output.contains("progressing"))
        }
    }

    @Test func `a repo with deployments is only removed when it is said what becomes of them`() async throws {
        let remote = try remote()
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1"])
            let refused = try await shop.run("repo", "remove", "shop")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("--destroy"))
            let removed = try await shop.run("repo", "remove", "shop", "--destroy")
            #expect(removed.status == 0)
            #expect(removed.output.contains("1 deployment is being destroyed"), "\(removed.output)")
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == nil)
            #expect(try await shop.run("repo", "list", "--json").output.contains("\"repos\":[]"))
        }
    }

    @Test(arguments: [true, false])
    func `a commit that was not pushed is refused with a hint to push it, and holds nothing up`(
        isDirty: Bool
    ) async throws {
        let remote = try self.remote()
        let checkout = try self.remote(isBare: false, build: "    print(1)")
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let commit = try checkout.commit("not pushed", ["api/new.txt": "1"])
            if isDirty { try checkout.write("api/note.txt", "only here") }
            let refused = try await shop.run(
                "deliver", "--repo", "shop", "--ref", "main", workingDirectory: checkout.path)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("error: the server cannot fetch \(commit.short)"), "\(refused.errors)")
            #expect(refused.errors.contains("hint: push it first"), "\(refused.errors)")
            try remote.commit("pushed", ["api/other.txt": "1"])
            let (status, report) = try await shop.settle()
            #expect(status == 0)
            #expect(try report.element("api", "prod").deployed?.build.sequence == 2)
        }
    }

    @Test func `a patch that does not apply fails alone, and what is pushed later is delivered`() async throws {
        let remote = try self.remote()
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let nonsense = Data("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-no\n+yes\n".utf8)
            let body = """
                {"repo": "shop", "ref": "refs/heads/main", "commit": "\(try remote.tip().hex)", \
                "patch": "\(nonsense.base64EncodedString())"}
                """
            let answer = try await shop.post("/api/v1/changes", body)
            #expect(answer.status == 201, "\(answer.text)")
            try remote.commit("pushed", ["api/other.txt": "1"])
            let (_, report) = try await shop.settle()
            #expect(try report.element("api", "prod").deployed?.build.sequence == 2)
            #expect(try await shop.run("log").output.contains("change.failed"))
        }
    }

    @Test func `a repo whose name has slashes is removed by it, and its password is shown nowhere`() async throws {
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            let url = "http://ada:hunter2@127.0.0.1:1/group/name.git"
            let refused = try await shop.run("repo", "add", url)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("http://ada:***@127.0.0.1:1/group/name.git"), "\(refused.errors)")
            let added = try await shop.run("repo", "add", url, "--force", "--json")
            #expect(added.status == 0, "\(added.errors)")
            _ = try await shop.run("status", "--wait", "--timeout", "20s")
            let list = try await shop.run("repo", "list", "--json")
            #expect(
                list.output.contains("\"url\":\"http://127.0.0.1:1/group/name.git\""),
                "the password moved: \(list.output)")
            let shown = [
                refused.errors, added.output, list.output, try await shop.run("repo", "list").output,
                try await shop.run("log", "--json").output, try await shop.run("status", "--json").output,
                try await shop.get("/").text, try #require(shop.server).errors,
            ]
            for text in shown { #expect(!text.contains("hunter2"), "\(text)") }
            let removed = try await shop.run("repo", "remove", "127.0.0.1:1/group/name")
            #expect(removed.status == 0, "\(removed.errors)")
            #expect(try await shop.run("repo", "add", url, "--force").status == 0)
            #expect(try await shop.run("repo", "remove", url).status == 0)
            #expect(try await shop.run("repo", "list", "--json").output.contains("\"repos\":[]"))
        }
    }

    @Test func `waiting for a server that never answers ends with 3, without waiting with 1`() async throws {
        let clock = ContinuousClock()
        for (name, value) in [("OCUROOT_SERVER", "http://127.0.0.1:1"), ("OCUROOT_DATA_DIR", "/nonexistent")] {
            func run(_ arguments: String...) async throws -> Command.End {
                try await Command(
                    Binary.path, arguments, environment: [name: value, "OCUROOT_API_KEY": "key"]
                ).end()
            }
            let start = clock.now
            #expect(try await run("status").status == 1)
            #expect(clock.now - start < .seconds(5))
            let late = try await run("status", "--wait", "--timeout", "2s")
            #expect(late.status == 3)
            #expect(clock.now - start >= .milliseconds(1700))
            #expect(late.errors.contains("error: the time is up: no server answered within 2s"), "\(late.errors)")
            #expect(late.errors.contains("\nhint: "), "\(late.errors)")
        }
    }

    @Test func `a command line that makes no sense ends with 2, a missing server with a hint`() async throws {
        func run(_ arguments: String...) async throws -> Command.End {
            try await Command(Binary.path, arguments).end()
        }
        let unknown = try await run("status", "--bogus")
        #expect(unknown.status == 2)
        #expect(unknown.errors == "error: unknown option '--bogus'\nhint: see 'ocuroot status --help'\n")
        #expect(try await run("log", "--limit", "0").status == 2)
        #expect(try await run("run", "banana").status == 2)
        #expect(try await run("server").status == 2)
        #expect(try await run("status", "--help").status == 0)
        let lost = try await run("status", "--data-dir", "/nonexistent")
        #expect(lost.status == 1)
        #expect(lost.errors.contains("hint: start one with 'ocuroot up"))
    }
}
