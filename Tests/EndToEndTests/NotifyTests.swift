import Foundation
import Model
import TestSupport
import Testing

/// What others are told of a push, by the binary as it is shipped.
@Suite(.serialized) struct NotifyTests {
    private struct Added: Decodable {
        let target: NoticeTarget
        let secret: String?
    }

    private struct Listing: Decodable {
        let notifications: [Notice]
    }

    private static func add(_ shop: Installation, _ arguments: [String]) async throws -> NoticeTargetID {
        let end = try await shop.run(["notify", "add", "--json"] + arguments)
        try #require(end.status == 0, "\(end.errors)")
        #expect(!end.output.contains("t0ken"))
        return try JSONText.decode(Added.self, from: Data(end.output.utf8)).target.id
    }

    @Test func `a push is told to its git host and to a chat, in order, with link and commit`() async throws {
        let remote = try RepositoryBuilder()
        let receiver = try Receiver()
        try remote.commit("the shop opens", ["repo.ocu.star": Shop.repo("shop", ["staging"])])
        try await Installation.with(repos: [remote.url], arguments: ["--public-url", "https://ci.example.com"]) {
            shop in
            #expect(try await shop.settle().status == 0)
            let token = shop.world + "/token"
            try Data("t0ken\n".utf8).write(to: URL(fileURLWithPath: token))
            let host = ["--host", "github", "--api", receiver.url, "--project", "acme/shop", "--token-file", token]
            let status = try await Self.add(shop, ["--status", "shop"] + host)
            _ = try await Self.add(shop, ["--deployments", "shop"] + host)
            _ = try await Self.add(
                shop, ["--slack", receiver.url + "/services/T0/B0/s3cret", "--on", "deployment.succeeded"])

            let commit = try remote.commit("Sell <b>bread</b>", ["api/package.ocu.star": Shop.package("api")])
            #expect(try await shop.settle().status == 0)
            try await waitUntil("a message in the chat") { try await !receiver.requests("/services/").isEmpty }
            let path = "/repos/acme/shop/statuses/\(commit.hex)"
            try await waitUntil("the last status") {
                try await receiver.requests(path).contains {
                    $0.text("context") == "ocuroot/api@staging" && $0.text("state") == "success"
                }
            }
            let statuses = try await receiver.requests("/repos/acme/shop/statuses/")
            #expect(statuses.allSatisfy { $0.path == path && $0.headers["authorization"] == "Bearer t0ken" })
            #expect(Set(statuses.map { $0.text("context") }) == ["ocuroot/api", "ocuroot/api@staging"])
            for context in ["ocuroot/api", "ocuroot/api@staging"] {
                let states = statuses.filter { $0.text("context") == context }.map { $0.text("state") }
                #expect(states.last == "success" && states.dropLast().allSatisfy { $0 == "pending" }, "\(states)")
            }
            #expect(
                statuses.last { $0.text("context") == "ocuroot/api@staging" }?.text("target_url")
                    == "https://ci.example.com/#shop//api@staging")

            try await waitUntil("the deployment's success") {
                try await receiver.requests("/repos/acme/shop/deployments/1000/statuses").last?.text("state")
                    == "success"
            }
            let made = try await receiver.requests("/repos/acme/shop/deployments").filter { $0.value("ref") != nil }
            #expect(made.map { $0.text("environment") } == ["api@staging"] && made[0].text("ref") == commit.hex)

            let messages = try await receiver.requests("/services/T0/B0/s3cret")
            #expect(messages.count == 1)
            let line = try #require(messages.first).text("text")
            #expect(line.contains("api@staging") && line.contains("Sell &lt;b&gt;bread&lt;/b&gt;"))
            #expect(line.contains("<https://ci.example.com/#shop//api@staging|status>"))
            try await Self.refuse(shop, receiver, status, remote)
        }
    }

    /// What the host refuses is seen, and goes through when somebody asks for it.
    private static func refuse(
        _ shop: Installation, _ receiver: Receiver, _ target: NoticeTargetID, _ remote: RepositoryBuilder
    ) async throws {
        let refusal: JSONObject = ["status": .int(422), "body": .string("No commit found for SHA")]
        try await receiver.plan("/repos/acme/shop/statuses", Array(repeating: refusal, count: 20))
        let tested = try await shop.run("notify", "test", "\(target)")
        #expect(tested.status == 1 && tested.output.contains("did not take it: HTTP 422: No commit found for SHA"))
        try remote.commit("More bread", ["api/bread.txt": "rye"])
        #expect(try await shop.settle().status == 0)
        func dead() async throws -> [Notice] {
            let list = try await shop.run("notify", "list", "--dead", "--json")
            return try JSONText.decode(Listing.self, from: Data(list.output.utf8)).notifications
        }
        try await waitUntil("both contexts are given up") { try await dead().count == 2 }
        let status = try await shop.run("status")
        #expect(status.status == 0 && status.errors.contains("could not be delivered: HTTP 422: No commit found"))
        let log = try await shop.run("log").output
        #expect(log.contains("notification.dead") && !log.contains("t0ken"))
        #expect(try await shop.run("notify", "retry", "\(target)").status == 0)
        #expect(try await shop.run("notify", "show", "\(target)").output.contains("status/"))
        #expect(try await shop.run("notify", "remove", "\(target)").status == 0)
        #expect(try await dead().isEmpty)
        #expect(shop.server?.errors.contains("t0ken") == false && shop.server?.errors.contains("s3cret") == false)
    }
}
