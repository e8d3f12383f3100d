import Foundation
import Model
import TestSupport
import Testing

/// A git host whose API we come to with a token of a person's, or as a GitHub App, by the binary as it is shipped.
@Suite(.serialized) struct HostIdentityTests {
    private struct Added: Decodable {
        struct Registration: Decodable {
            let isRegistered: Bool
            let isNew: Bool?
        }

        let registration: Registration
    }

    private struct State: Decodable {
        let hooks: [String: [JSONObject]]
        let asked: Int
    }

    private let remote: RepositoryBuilder
    private let host: Receiver

    init() throws {
        remote = try RepositoryBuilder()
        try remote.commit(
            "first", ["repo.ocu.star": Shop.repo("shop", ["prod"]), "api/package.ocu.star": Shop.package("api")])
        host = try Receiver(gitHost: remote.path)
    }

    private var url: String { host.url + "/acme/shop.git" }
    private var api: String { host.url + "/api/v3" }

    private func done(_ shop: Installation, _ arguments: String...) async throws -> String {
        let end = try await shop.run(arguments)
        try #require(end.status == 0, "\(arguments): \(end.errors)")
        return end.output
    }

    private func keep(_ key: String, in shop: Installation) async throws {
        let kept = try await done(
            shop, "auth", "add", host.url + "/acme", "--app-id", host["app"], "--app-key", host[key], "--api", api)
        #expect(kept.contains("github-app is kept"))
    }

    /// Has the host tell of a push by the webhook that it has, and waits until it is delivered and its status is set.
    private func push(_ text: String, _ count: Int, to shop: Installation) async throws {
        let commit = try remote.commit(text, ["api/change.txt": .init(stringLiteral: text)])
        let statuses: [Int] = try await host.control(
            "/_push", ["ref": .string("refs/heads/main"), "after": .string(commit.hex)])
        #expect(statuses == [202])
        try await waitUntil(timeout: .seconds(60), "the status of \(text)") {
            try await host.requests("/api/v3/repos/acme/shop/statuses/\(commit.hex)").contains {
                $0.text("context") == "ocuroot/api@prod" && $0.text("state") == "success"
            }
        }
        #expect(try shop.deployments("api@prod")?.count == count)
    }

    @Test func `a GitHub App reads the repository, registers the webhook and sets the statuses`() async throws {
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            try await keep("key", in: shop)
            #expect(try await done(shop, "auth", "test", url).contains("github-app of \(host.url)/acme"))
            let added = try await done(shop, "repo", "add", url, "--host", "github", "--register", "--json")
            let reply = try JSONText.decode(Added.self, from: Data(added.utf8))
            #expect(reply.registration.isRegistered && reply.registration.isNew == true)
            #expect(try await shop.settle().status == 0)
            _ = try await done(shop, "notify", "add", "--status", "shop", "--host", "github")
            try await push("second", 2, to: shop)
            let _: JSONValue = try await host.control("/_revoke", [:])
            try await push("third", 3, to: shop)
            let _: JSONValue = try await host.control("/_revoke", [:])
            #expect(try await done(shop, "webhook", "register", "shop").contains("is as it should be"))
            let state: State = try await host.control("/_state")
            #expect(state.hooks["github"]?.count == 1 && state.asked == 3)
            try await expectSecrecy(of: shop)
            try await keep("otherKey", in: shop)
            let refused = try await shop.run("auth", "test", url)
            #expect(refused.status == 1 && refused.errors.contains("could not be decoded"), "\(refused.errors)")
            let failed = try await shop.run("webhook", "register", "shop")
            #expect(failed.status == 1 && failed.errors.contains("check the App's id and its key"))
        }
    }

    @Test func `what is kept of a proxy counts for the API as for the repository`() async throws {
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            try await keep("key", in: shop)
            _ = try await done(shop, "auth", "add", host.url + "/", "--proxy", host.url)
            _ = try await done(shop, "repo", "add", url, "--host", "github", "--register")
            #expect(try await shop.settle().status == 0)
            let direct = try await host.requests("/"), through = try await host.requests(api)
            #expect(direct.isEmpty && through.contains { $0.path.hasSuffix("/hooks") })
        }
    }

    /// Neither the key nor a token is in a file, the log or an answer.
    private func expectSecrecy(of shop: Installation) async throws {
        let key = try String(contentsOfFile: host["key"], encoding: .utf8).split(separator: "\n")[3]
        var places = [shop.server?.output ?? "", shop.server?.errors ?? ""].map { Data($0.utf8) }
        for path in try FileManager.default.subpathsOfDirectory(atPath: shop.directory) {
            if let bytes = FileManager.default.contents(atPath: shop.directory + "/" + path) { places.append(bytes) }
        }
        for path in ["/", "/api/v1/credentials", "/api/v1/events?limit=1000", "/api/v1/notify/targets"] {
            places.append(Data(try await shop.get(path).body))
        }
        for secret in [String(key), "ghs_"] {
            #expect(places.allSatisfy { $0.range(of: Data(secret.utf8)) == nil })
        }
    }

    @Test func `a token registers the webhook once; without the right to, the repository is watched all the same`()
        async throws
    {
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            let token = shop.world + "/token"
            func write(_ name: String) throws {
                try Data((host[name] + "\n").utf8).write(to: URL(fileURLWithPath: token))
            }
            let bare = "file://" + remote.path
            let place = ["--host", "gitlab", "--api", host.url + "/api/v4", "--project", "acme/shop"]
            try write("reader")
            let refused = try await shop.run(["repo", "add", bare, "--token-file", token] + place)
            #expect(refused.status == 1 && refused.output.contains("o1") && refused.output.contains("Secret token:"))
            #expect(refused.errors.contains("HTTP 403") && refused.errors.contains("Maintainer"))
            #expect(try await shop.settle().status == 0)
            try write("admin")
            let register = ["webhook", "register", "o1", "--token-file", token] + place.dropFirst(2)
            let made = try await shop.run(register)
            #expect(made.status == 0 && made.output.contains("is registered at"), "\(made.errors)")
            let rotated = try await shop.run(
                ["webhook", "secret", "o1", "--rotate", "--token-file", token] + place.dropFirst(2))
            #expect(rotated.status == 0 && rotated.output.contains("is as it should be"), "\(rotated.errors)")
            let state: State = try await host.control("/_state")
            #expect(state.hooks["gitlab"]?.count == 1)
            let removal = ["repo", "remove", "o1", "--destroy", "--token-file", token] + place.dropFirst(2)
            let removed = try await shop.run(removal)
            #expect(removed.status == 0 && removed.output.contains("is deleted at"), "\(removed.errors)")
            let left: State = try await host.control("/_state")
            #expect(left.hooks["gitlab"]?.isEmpty == true)
            let unable = try await shop.run("repo", "add", bare, "--host", "azure", "--token-file", token)
            #expect(unable.status == 1 && unable.errors.contains("github, gitlab, gitea"))
            for end in [refused, made, rotated, removed, unable] {
                #expect(!(end.output + end.errors).contains(host["admin"]) && !end.errors.contains(host["reader"]))
            }
        }
    }

    @Test
    func `a webhook that was registered under an earlier address is moved to the new one, and goes with its repo`()
        async throws
    {
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            let place = ["--api", host.url + "/api/v1", "--project", "acme/shop"]
            let token = shop.world + "/token"
            try Data((host["admin"] + "\n").utf8).write(to: URL(fileURLWithPath: token))
            func addresses() async throws -> [JSONValue?] {
                let state: State = try await host.control("/_state")
                return (state.hooks["gitea"] ?? []).map { hook in
                    if case .object(let config)? = hook["config"] { config["url"] } else { nil }
                }
            }
            func restart() async throws {
                let before = shop.address
                #expect(await shop.terminate()?.status == 0)
                try await shop.start()
                try #require(shop.address != before)
            }
            let bare = "file://" + remote.path
            let added = try await shop.run(["repo", "add", bare, "--host", "gitea", "--token-file", token] + place)
            #expect(added.status == 0, "\(added.errors)")
            #expect(try await shop.settle().status == 0)
            try await restart()
            let moved = try await shop.run(["webhook", "register", "o1", "--token-file", token] + place)
            #expect(moved.status == 0 && moved.output.contains("is as it should be"), "\(moved.output)\(moved.errors)")
            #expect(try await addresses() == [.string(shop.address + "/webhooks/gitea/o1")])
            try await restart()
            let removed = try await shop.run(
                ["repo", "remove", "o1", "--orphan", "--token-file", token] + place)
            #expect(removed.status == 0 && removed.output.contains("is deleted at"), "\(removed.errors)")
            #expect(try await addresses().isEmpty)
        }
    }

    @Test func `a repository that is added again takes over the webhook that it left at its host`() async throws {
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            let add = [
                "repo", "add", url, "--host", "github", "--token-file", shop.world + "/token", "--api", api,
            ]
            try Data((host["admin"] + "\n").utf8).write(to: URL(fileURLWithPath: shop.world + "/token"))
            try await keep("key", in: shop)
            for id in ["o1", "o2"] {
                let added = try await shop.run(add)
                #expect(added.status == 0, "\(added.errors)")
                let state: State = try await host.control("/_state")
                let config = try #require(state.hooks["github"]?.first?["config"])
                #expect(state.hooks["github"]?.count == 1 && "\(config)".contains("/webhooks/github/\(id)\""))
                #expect(try await shop.run("repo", "remove", id, "--orphan").status == 0)
            }
        }
    }
}
