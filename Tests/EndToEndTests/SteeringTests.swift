import Foundation
import Model
import TestSupport
import Testing

/// Commits and commands that steer, with the built binary and real repositories.
@Suite(.serialized) struct SteeringTests {
    /// A remote whose api was deployed in three builds, and a server that is told of its pushes.
    private func withShop(
        isBare: Bool = true, _ body: (Installation, RepositoryBuilder) async throws -> Void
    ) async throws {
        let remote = try RepositoryBuilder(isBare: isBare)
        try remote.commit("first", ["repo.ocu.star": Shop.repo(), "api/package.ocu.star": Shop.package("api")])
        try await Installation.with(repos: [remote.url], arguments: ["--poll", "1h"]) { shop in
            #expect(try await shop.settle().status == 0)
            for number in 2...3 {
                try remote.commit("step \(number)", ["api/step.txt": "\(number)"])
                #expect(try await shop.settle().status == 0)
            }
            try await body(shop, remote)
        }
    }

    /// Pins prod by an empty commit, announces the push as a host does, and measures until the build runs there.
    private func rollBack(
        _ shop: Installation, _ remote: RepositoryBuilder, to build: Int
    ) async throws -> (pin: CommitID, span: Duration) {
        let pin = try remote.commit(
            "Go back: checkout is slow", trailers: [("Ocuroot-Pin", "api@prod=\(build)")])
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try await shop.post("/api/v1/repos/shop/announce", "{}").status == 202)
        try await waitUntil(timeout: .seconds(30), "prod runs build \(build) again") {
            try shop.deployments("api@prod")?.last == "\(build)"
        }
        let span = start.duration(to: clock.now)
        print("rolled back \(span) after the push was announced")
        return (pin, span)
    }

    @Test func `an empty commit with Ocuroot-Pin rolls prod back within two seconds, until Ocuroot-Unpin`() async throws
    {
        try await withShop { shop, remote in
            #expect(try shop.deployments("api@prod") == ["1", "2", "3"])
            // Again and again, since other tests may have the processors.
            var ran = ["1", "2", "3", "1", "2"]
            var spans = [try await rollBack(shop, remote, to: 1).span]
            var (pin, span) = try await rollBack(shop, remote, to: 2)
            spans.append(span)
            while spans.count < 12, (spans.min() ?? .zero) >= .seconds(2) {
                spans.append(try await rollBack(shop, remote, to: 1).span)
                (pin, span) = try await rollBack(shop, remote, to: 2)
                spans.append(span)
                ran += ["1", "2"]
            }
            #expect((spans.min() ?? .zero) < .seconds(2))

            let (pinned, report) = try await shop.settle()
            #expect(pinned == 0)
            let prod = try report.element("api", "prod")
            #expect(prod.state == .held && prod.deployed?.build.sequence == 2 && prod.target?.build.sequence == 2)
            #expect(prod.pin?.build.sequence == 2 && prod.pin?.commit == pin)
            #expect(prod.pin?.reason == "Go back: checkout is slow")
            #expect(prod.reason.contains("pinned to build 2") && prod.reason.contains(pin.short))
            #expect(try report.element("api", "staging").state == .synced)

            try remote.commit("step 4", ["api/step.txt": "4"])
            let (later, held) = try await shop.settle()
            #expect(later == 0)
            #expect(try held.element("api", "prod").deployed?.build.sequence == 2)
            #expect(try held.element("api", "prod").state == .held)
            #expect(try held.element("api", "staging").deployed?.build.sequence == 4)

            try remote.commit("Forward again", trailers: [("Ocuroot-Unpin", "api@prod")])
            let (free, after) = try await shop.settle()
            #expect(free == 0)
            let freed = try after.element("api", "prod")
            #expect(freed.state == .synced && freed.pin == nil && freed.deployed?.build.sequence == 4)
            #expect(try shop.deployments("api@prod") == ran + ["4"])
            let log = try await shop.run("log", "--limit", "200").output
            #expect(log.contains("steering.applied") && log.contains("in commit \(pin.short)"))
        }
    }

    @Test func `commands pin, hold and annotate at once, and say what they did`() async throws {
        try await withShop { shop, remote in
            let pin = try await shop.run("pin", "api@prod", "1", "--reason", "a test")
            #expect(pin.status == 0 && pin.output == "api@prod is pinned to build 1\n", "\(pin.errors)")
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 1)
            let table = try await shop.run("status").output
            #expect(table.contains("pinned to build 1 by") && table.contains(": a test"))
            #expect(try await shop.run("log", "api@prod").errors.contains("api@prod is pinned to build 1"))
            #expect(try await shop.run("unpin", "api").status == 0)
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 3)

            #expect(try await shop.run("hold", "*@prod", "--reason", "frozen", "--json").status == 0)
            try remote.commit("step 4", ["api/step.txt": "4"])
            let held = try await shop.settle().report
            #expect(try held.element("api", "prod").state == .held)
            #expect(try held.element("api", "prod").reason.hasSuffix("frozen"))
            #expect(try held.element("api", "staging").deployed?.build.sequence == 4)
            #expect(try await shop.run("resume", "@prod").output == "api@prod is no longer on hold\n")
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 4)

            #expect(try await shop.run("annotate", "api@4", "tested=yes", "by=ann").status == 0)
            let wrong = try await shop.run("pin", "apii@prod", "1")
            #expect(wrong.status == 1 && wrong.errors.contains("did you mean 'api'?"))
            let usage = try await shop.run("pin", "a*@prod", "1")
            #expect(usage.status == 2 && usage.errors.contains("hint: see 'ocuroot pin --help'"))
        }
    }

    @Test func `with --commit a command makes the commit, and leaves what is staged alone`() async throws {
        try await withShop(isBare: false) { shop, remote in
            func git(_ arguments: String...) async throws -> Command.End {
                try await Command(
                    "/usr/bin/env",
                    ["git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com"] + arguments,
                    workingDirectory: remote.path
                ).end()
            }
            _ = try await git("config", "user.name", "Ann")
            _ = try await git("config", "user.email", "ann@example.com")
            try remote.write("api/staged.txt", "not yet")
            #expect(try await git("add", "api/staged.txt").status == 0)
            let before = try remote.tip()
            let made = try await shop.run(
                "pin", "api@prod", "1", "--reason", "Checkout is slow", "--commit", workingDirectory: remote.path)
            #expect(made.status == 0, "\(made.errors)")
            #expect(made.output.contains("Ocuroot-Pin: api@prod=1") && made.output.contains("git push"))
            #expect(try await git("diff", "--cached", "--name-only").output == "api/staged.txt\n")
            #expect(try await git("diff", "--name-only", before.hex, "HEAD").output.isEmpty)
            let message = try await git("log", "-1", "--format=%an%n%B").output
            #expect(message == "Ann\nCheckout is slow\n\nPin api@prod to build 1\n\nOcuroot-Pin: api@prod=1\n\n")
            // A CI job that delivers the commit comes before the next look at the branch.
            #expect(try await shop.run("deliver", workingDirectory: remote.path).status == 0)
            let delivered = try JSONText.decode(
                StatusReport.self, from: Data(try await shop.run("status", "--json").output.utf8))
            #expect(try delivered.element("api", "prod").pin == nil)
            _ = try await git("reset", "--quiet")
            try FileManager.default.removeItem(atPath: remote.path + "/api/staged.txt")
            #expect(try await shop.run("deliver", workingDirectory: remote.path).status == 0)
            let report = try await shop.settle().report
            #expect(try report.element("api", "prod").deployed?.build.sequence == 1)
            #expect(try report.element("api", "prod").pin?.by == "Ann <ann@example.com>")
            #expect(try report.element("api", "prod").pin?.reason == "Checkout is slow")

            try remote.write(".git/MERGE_HEAD", before.hex + "\n")
            let merging = try await shop.run("unpin", "api", "--commit", workingDirectory: remote.path)
            #expect(merging.status == 1 && merging.errors.contains("in the middle of a merge"))
            try FileManager.default.removeItem(atPath: remote.path + "/.git/MERGE_HEAD")
            _ = try await git("checkout", "--detach", "--quiet")
            let detached = try await shop.run("unpin", "api", "--commit", workingDirectory: remote.path)
            #expect(detached.status == 1 && detached.errors.contains("no branch is checked out"))
        }
    }

    @Test func `trailers of ten commits in one push count in their order, and a wrong one is told`() async throws {
        try await withShop { shop, remote in
            for number in [1, 2, 3, 1, 2, 3, 1, 2] {
                try remote.commit("pin \(number)", trailers: [("Ocuroot-Pin", "api@prod=\(number)")])
            }
            try remote.commit("typo", trailers: [("Ocuroot-Pinn", "api@prod=3"), ("Ocuroot-Pin", "api@prd=3")])
            try remote.commit(
                "the last", trailers: [("Ocuroot-Pin", "api@staging=1"), ("Ocuroot-Unpin", "api@staging")])
            let report = try await shop.settle().report
            #expect(try report.element("api", "prod").pin?.build.sequence == 2)
            #expect(try report.element("api", "prod").deployed?.build.sequence == 2)
            #expect(try report.element("api", "staging").pin == nil)
            let log = try await shop.run("log", "--limit", "300").output
            #expect(log.contains("did you mean 'Ocuroot-Pin'?") && log.contains("did you mean 'prod'?"))
            let page = String(decoding: try await shop.get("/").body, as: UTF8.self)
            #expect(page.contains("Not applied:"))
        }
    }

    @Test func `a pin goes back though the push that brings it cannot be delivered`() async throws {
        try await withShop { shop, remote in
            try remote.commit("broken", ["repo.ocu.star": "this is no Starlark"])
            try remote.commit("go back", trailers: [("Ocuroot-Pin", "api@prod=1"), ("Ocuroot-Hold", "jobs@prod")])
            let (status, report) = try await shop.settle()
            #expect(status == 1)
            #expect(try report.element("api", "prod").deployed?.build.sequence == 1)
        }
    }

    @Test func `a skipped commit is delivered with the next push`() async throws {
        try await withShop { shop, remote in
            try remote.commit("quiet", ["api/step.txt": "quiet"], trailers: [("Ocuroot-Skip", "later")])
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 3)
            try remote.commit("loud")
            #expect(try await shop.settle().report.element("api", "prod").deployed?.build.sequence == 4)
        }
    }

    @Test func `while held a changed input deploys nothing again, while pinned it does`() async throws {
        let remote = try RepositoryBuilder()
        func database(_ url: String) -> FixtureFile {
            Shop.package("db", deploy: "    ctx.deploy.outputs[\"url\"] = \"\(url)\"")
        }
        let api = Shop.package(
            "api", policy: "    return ready(inputs = {\"db\": dependency(\"db\", \"url\")})",
            deploy: "    host.shell(\"echo %s >> '%s'\" % (ctx.deploy.inputs[\"db\"], place(ctx)))")
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": api,
                "db/package.ocu.star": database("one"),
            ])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            try remote.commit("hold", trailers: [("Ocuroot-Hold", "api@prod")])
            #expect(try await shop.settle().status == 0)
            try remote.commit("two", ["db/package.ocu.star": database("two")])
            let (status, held) = try await shop.settle()
            #expect(status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "one"])
            #expect(try held.element("api", "prod").state == .held)
            try remote.commit(
                "resume, pinned", trailers: [("Ocuroot-Resume", "api@prod"), ("Ocuroot-Pin", "api@prod=1")])
            #expect(try await shop.settle().status == 0)
            try remote.commit("three", ["db/package.ocu.star": database("three")])
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "one", "1", "two", "1", "three"])
        }
    }
}
