import Foundation
import GitHosts
import HTTPClient
import Model
import Store
import TestSupport
import Testing

@testable import Server

@Suite struct WebhookAdministrationTests {
    @Test func `adding a repo makes a webhook whose secret is shown this once`() async throws {
        try await TestServer.with { server in
            let added = try await server.post("/api/v1/repos", RepoRequest(url: "file:///shop", host: .gitea))
            let reply = try added.decoded(RepoReply.self)
            let webhook = try #require(reply.webhook)
            #expect(webhook.url == "\(server.url)/webhooks/gitea/\(reply.added.id)")
            #expect(added.text.contains(#""repo":"\#(reply.added.id)""#))
            let push = try GitHost.gitea.signed(
                Array(#"{"ref": "refs/heads/main"}"#.utf8), event: "push", deliveryID: "d1",
                secret: Secret(webhook.secret), at: Date())
            #expect(try await server.deliver(.gitea, to: reply.added.id, push).status == 202)
            for path in ["/api/v1/webhooks", "/api/v1/repos", "/api/v1/events", "/api/v1/webhooks/deliveries/w1"] {
                let shown = try await server.send(.get, path)
                #expect(shown.status == 200)
                #expect(!shown.text.contains(webhook.secret), "\(path)")
            }
        }
    }

    @Test(arguments: [
        ("https://github.com/acme/shop", "github"), ("file:///shop", "generic"), ("git@gitlab.com:a/b.git", "gitlab"),
    ])
    func `a host that is not named is told by the URL`(url: String, host: String) async throws {
        try await TestServer.with { server in
            let added = try await server.post("/api/v1/repos", RepoRequest(url: url, force: true))
            #expect(try added.decoded(RepoReply.self).webhook?.host.rawValue == host)
        }
    }

    @Test func `a new secret is taken at once, and the former one as long as was said`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let path = "/api/v1/webhooks/secret"
            #expect(try await server.deliver(.github, to: repo, try TestServer.push("d1")).status == 202)
            let made = try await server.post(path, WebhookSecretRequest(repo: "\(repo)"))
            let secret = Secret(try made.decoded(WebhookSecretReply.self).secret)
            let push = try GitHost.github.signed(
                Array("{}".utf8), event: "push", deliveryID: "d2", secret: secret, at: Date())
            #expect(try await server.deliver(.github, to: repo, push).status == 202)
            #expect(try await server.deliver(.github, to: repo, try TestServer.push("d3")).status == 202)
            _ = try await server.post(path, WebhookSecretRequest(repo: "\(repo)", formerSeconds: 0))
            #expect(try await server.deliver(.github, to: repo, try TestServer.push("d4")).status == 401)
            #expect(try await server.post(path, WebhookSecretRequest(repo: "o1", formerSeconds: -1)).status == 400)
        }
    }

    @Test(arguments: ["list", "test"])
    func `an address that is shown is remembered, since somebody may enter it at the host`(command: String) async throws
    {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let bare = try await server.addRepo("file:///bare")
            let answer =
                command == "list"
                ? try await server.send(.get, "/api/v1/webhooks")
                : try await server.post("/api/v1/webhooks/test", WebhookTestRequest(repo: "\(repo)"))
            let address = "\(server.url)/webhooks/github/\(repo)"
            #expect(answer.status == 200 && answer.text.contains("/webhooks/github/\(repo)"))
            #expect(try await server.store.webhookTrails(of: repo).map(\.addresses) == [["https://ci/x", address]])
            #expect(try await server.store.webhookTrails(of: bare).isEmpty)
        }
    }

    @Test func `a test goes through the public address and says whether it arrived`() async throws {
        for host in GitHost.allCases {
            try await TestServer.with { server in
                let added = try await server.post("/api/v1/repos", RepoRequest(url: "file:///shop", host: host))
                let repo = try added.decoded(RepoReply.self).added.id
                try await server.settleSource()
                let answer = try await server.post("/api/v1/webhooks/test", WebhookTestRequest(repo: "\(repo)"))
                let reply = try answer.decoded(WebhookTestReply.self)
                #expect(reply.hasArrived && reply.status == 202, "\(host): \(answer.text)")
                let id = try #require(reply.delivery)
                let delivery = try #require(try await server.store.webhookDelivery(id))
                #expect(delivery.kind == .ping)
                #expect(try await server.store.nextDue(.source) == nil)
            }
        }
    }

    @Test func `what was refused is counted and shown with the reason`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            for _ in 0..<3 {
                #expect(try await server.deliver(.github, to: repo, [:], Array("{}".utf8)).status == 401)
            }
            try await waitUntil(timeout: .seconds(20), "the count is written") {
                try await server.store.webhook(of: repo)?.refusedCount == 3
            }
            let list = try await server.get("/api/v1/webhooks?repo=\(repo)", as: WebhookList.self)
            #expect(list.webhooks.map(\.webhook.refusal) == [WebhookRefusal.unsigned.rawValue])
            #expect(list.deliveries.isEmpty)
        }
    }

    @Test func `a delivery is acted on again`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let answer = try await server.deliver(.github, to: repo, try TestServer.push("d1"))
            let id = try #require(try answer.decoded(WebhookReply.self).delivery)
            try await server.settleSource()
            #expect(try await server.send(.post, "/api/v1/webhooks/deliveries/\(id)/redeliver").status == 202)
            #expect(try await server.store.nextDue(.source) == .zero)
            #expect(try await server.send(.post, "/api/v1/webhooks/deliveries/w999/redeliver").status == 404)
            #expect(try await server.send(.get, "/api/v1/webhooks/deliveries/w999").status == 404)
        }
    }
}
