import Cryptography
import Foundation
import Model
import TestSupport
import Testing

/// What previews are like, what steers them, and how many there are, with the built binary and real repositories.
@Suite(.serialized) struct PreviewRuleTests {
    @Test func `a preview has the attributes of the environment that it is like, as its branch declares it`()
        async throws
    {
        let remote = try RepositoryBuilder()
        func repo(_ size: String) -> FixtureFile {
            """
            load("github.com/ocuroot/sdk/v0/repo.star", "repo")
            load("github.com/ocuroot/sdk/v0/environments.star", "environment")
            repo("shop")
            environment("staging", attributes = {"size": "\(size)", "branch": "none"})
            """
        }
        let package = Shop.package(
            "api",
            policy: """
                    if "preview" in ctx.environment.attributes and ctx.environment.attributes["size"] != "small":
                        return later("too large for a preview")
                    return ready()
                """,
            deploy: """
                    a = ctx.environment.attributes
                    host.shell("echo %s %s >> '%s'" % (a["branch"], a["size"], place(ctx)))
                """)
        try remote.commit("first", ["repo.ocu.star": repo("large"), "api/package.ocu.star": package])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            let set = try await shop.run("repo", "set", "shop", "--preview", "feature/*", "--preview-like", "staging")
            #expect(set.output.contains("with previews of refs/heads/feature/*"), "\(set.errors)")
            try remote.point("feature/Größe", at: try remote.tip())
            let (_, large) = try await shop.settle()
            let waiting = try large.element("api", "preview-feature-gr-e")
            #expect(waiting.state == .waiting && waiting.reason.contains("too large for a preview"))
            try remote.commit("small", ["repo.ocu.star": repo("small")], on: "feature/Größe")
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@preview-feature-gr-e") == ["1", "feature/Größe small"])
            #expect(try shop.deployments("api@staging") == ["1", "none large"])
        }
    }

    @Test func `what a branch says counts for its preview, and for main once it is merged, but not what main says`()
        async throws
    {
        let remote = try RepositoryBuilder()
        try remote.commit("first", ["repo.ocu.star": Shop.repo(), "api/package.ocu.star": Shop.package("api")])
        let preview: EnvironmentName = "preview-feature-x"
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.run("repo", "set", "shop", "--preview", "feature/*").status == 0)
            #expect(try await shop.settle().status == 0)
            try remote.commit(
                "wait", ["api/step.txt": "1"], on: "feature/x", trailers: [("Ocuroot-Hold", "api for the branch")],
                base: try remote.tip())
            let (_, held) = try await shop.settle()
            #expect(try held.element("api", preview).hold?.reason == "for the branch")
            #expect(try held.element("api", "prod").hold == nil && shop.deployments("api@\(preview)") == nil)

            try remote.commit("main's", trailers: [("Ocuroot-Hold", "api@staging for main")])
            try remote.merge("main", into: "feature/x")
            let (_, merged) = try await shop.settle()
            #expect(try merged.element("api", "staging").hold?.reason == "for main")
            #expect(try merged.element("api", "prod").hold == nil)
            let log = try await shop.run("log", "--limit", "300").output
            #expect(!log.contains("steering.refused"), "\(log)")
            #expect(log.ranges(of: "steering.applied").count == 2, "\(log)")

            try remote.merge("feature/x")
            try remote.deleteBranch("feature/x")
            let (_, after) = try await shop.settle()
            #expect(try after.element("api", "prod").hold?.reason == "for the branch")
            #expect(!after.packages.contains { $0.environment == preview }, "a hold keeps no branch")
        }
    }

    @Test func `branches beyond the hundredth are told, stop nobody, and get their previews later`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit("first", ["repo.ocu.star": Shop.repo(), "db/package.ocu.star": Shop.package("db")])
        let first = try remote.tip()
        let empty = try remote.commit("empty", ["db/package.ocu.star": .deleted], on: "gone", base: first)
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.run("repo", "set", "shop", "--preview", "feature/*").status == 0)
            #expect(try await shop.settle().status == 0)
            for number in 1...(PreviewRule.previewsMax + 2) { try remote.point("feature/\(number)", at: empty) }
            try remote.commit("on main", ["db/step.txt": "1"])
            #expect(try await shop.settle().status == 1)
            let told = try await shop.run("status").errors
            #expect(
                told.contains("no preview for feature/")
                    && told.contains(" and 1 more: the repository has 100 already"), "\(told)")
            #expect(try shop.deployments("db@prod") == ["1", "2"])
            let listed = try await shop.run("repo", "list").output
            #expect(listed.ranges(of: "preview-feature-").count == 100)
            for number in 1...3 { try remote.deleteBranch("feature/\(number)") }
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.run("repo", "list").output.ranges(of: "preview-feature-").count == 99)
        }
    }

    @Test func `a branch whose names others have all taken gets no preview, and holds up neither main nor others`()
        async throws
    {
        let remote = try RepositoryBuilder()
        let digest = try SHA256.digest(of: "\(RepoURL.displayName(remote.url)) refs/heads/feature/x").hex
        let names = PreviewRule(refs: []).names(for: "refs/heads/feature/x", digest: digest).map(\.rawValue)
        try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"] + names), "db/package.ocu.star": Shop.package("db")])
        try await Installation.with(repos: [remote.url]) { shop in
            #expect(try await shop.settle().status == 0)
            #expect(try await shop.run("repo", "set", "shop", "--preview", "feature/*").status == 0)
            #expect(try await shop.settle().status == 0)
            for name in ["feature/x", "feature/y"] { try remote.point(name, at: try remote.tip()) }
            try remote.commit("on main", ["db/step.txt": "1"])
            #expect(try await shop.settle().status == 1)
            let told = try await shop.run("status").errors
            #expect(told.contains("feature/x gets no preview: other environments have all of its names"), "\(told)")
            #expect(try shop.deployments("db@prod") == ["1", "2"])
            #expect(try shop.deployments("db@preview-feature-y") == ["1"])
            try remote.deleteBranch("feature/x")
            #expect(try await shop.settle().status == 0)
        }
    }
}
