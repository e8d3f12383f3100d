import Foundation
import GitHosts
import HTTPClient
import Model
import Store
import TestSupport
import Testing

@testable import Server

@Suite struct WebhookTests {
    private static let replays: [(GitHost, String)] = [
        (.github, "github-push"), (.github, "github-tag-deleted"), (.github, "github-branch-created-sha256"),
        (.github, "github-delete"), (.github, "github-push-form"), (.gitlab, "gitlab-push"), (.gitlab, "gitlab-tag"),
        (.gitlab, "gitlab-branch-deleted"), (.gitlab, "gitlab-system-update"), (.gitea, "gitea-push"),
        (.gitea, "forgejo-push"), (.gitea, "gitea-create-tag"), (.gitea, "gitea-delete-branch"),
        (.bitbucket, "bitbucket-push"), (.bitbucketDataCenter, "bitbucket-dc-push"), (.azure, "azure-push"),
    ]

    @Test(arguments: replays)
    func `a host's published example is accepted, kept and brings a look at the refs`(
        host: GitHost, name: String
    ) async throws {
        try await TestServer.with { server in
            let fixture = try WebhookFixture(name)
            let repo = try await server.addWebhook(host)
            let answer = try await server.deliver(host, to: repo, fixture.headers, fixture.body)
            #expect(answer.status == 202, "\(answer.text)")
            let reply = try answer.decoded(WebhookReply.self)
            #expect(reply.state == .accepted && reply.kind == .push)
            #expect(try await server.store.nextDue(.source) == .zero)
            let id = try #require(reply.delivery)
            let report = try await server.get("/api/v1/webhooks/deliveries/\(id)", as: WebhookReport.self)
            #expect(report.delivery.repo == repo && report.delivery.host == host && report.delivery.kind == .push)
            #expect(report.delivery.source == "127.0.0.1")
            #expect(!report.delivery.refs.isEmpty)
            #expect(Array(report.body.utf8) == Array(fixture.body.prefix(NewWebhookDelivery.keptBytesMax)))
        }
    }

    @Test(arguments: [(GitHost.gitlab, "gitlab-push-signed"), (.generic, "generic-push")])
    func `a signature that covers the time is accepted now, and refused as it was published`(
        host: GitHost, name: String
    ) async throws {
        try await TestServer.with { server in
            let fixture = try WebhookFixture(name)
            let repo = try await server.addWebhook(host, secret: WebhookFixture.standardSecret)
            let old = try await server.deliver(host, to: repo, fixture.headers, fixture.body)
            #expect(old.status == 401)
            let fresh = try host.signed(
                fixture.body, event: "Push Hook", deliveryID: "d1", secret: Secret(WebhookFixture.standardSecret),
                at: Date())
            #expect(try await server.deliver(host, to: repo, fresh).status == 202)
        }
    }

    @Test(arguments: replays)
    func `a forged or truncated delivery is refused, and nothing is kept`(host: GitHost, name: String) async throws {
        try await TestServer.with { server in
            let fixture = try WebhookFixture(name)
            let repo = try await server.addWebhook(host, secret: "another secret")
            #expect(try await server.deliver(host, to: repo, fixture.headers, fixture.body).status == 401)
            let bare = ["Content-Type": "application/json"]
            #expect(try await server.deliver(host, to: repo, bare, fixture.body).status == 401)
            if host != .azure && host != .gitlab {
                let right = try await server.addWebhook(host, url: "file:///right")
                let cut = Array(fixture.body.dropLast(20))
                #expect(try await server.deliver(host, to: right, fixture.headers, cut).status == 401)
            }
            #expect(try await server.store.webhookDeliveries(of: nil, limit: 9).isEmpty)
            #expect(try await server.store.nextDue(.source) == nil)
        }
    }

    @Test func `a replay is answered as what it is, and nothing follows`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let push = try TestServer.push("d1")
            #expect(try await server.deliver(.github, to: repo, push).decoded(WebhookReply.self).state == .accepted)
            try await server.settleSource()
            for _ in 0..<3 {
                let again = try await server.deliver(.github, to: repo, push)
                #expect(again.status == 202)
                #expect(try again.decoded(WebhookReply.self).state == .duplicate)
            }
            #expect(try await server.store.nextDue(.source) == nil)
            #expect(try await server.store.webhookDeliveries(of: repo, limit: 9).count == 1)
        }
    }

    @Test func `deliveries in any order, and out-of-date ones, are hints alike`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            for (name, commit) in [("third", "c"), ("first", "a"), ("second", "b")] as [(String, Character)] {
                let answer = try await server.deliver(.github, to: repo, try TestServer.push(name, commit: commit))
                #expect(answer.status == 202)
            }
            // However many came, the refs are read once, and nothing was recorded from what the hints say.
            let leases = try await server.store.claim(.source, holder: "test", limit: 9, lease: .seconds(9))
            #expect(leases.map(\.key) == ["\(repo)"])
            #expect(try await server.store.refTips(repo).isEmpty)
        }
    }

    @Test func `an unknown webhook is refused as a wrong signature is, word for word`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            let push = try TestServer.push("d1")
            var forged = push
            forged.headers["x-hub-signature-256"] = "sha256=" + String(repeating: "0", count: 64)
            let wrong = try await server.deliver(.github, to: repo, forged)
            let unknown = try await server.deliver(.github, to: try #require(RepoID("o999")), push)
            let otherHost = try await server.deliver(.gitea, to: repo, push)
            let noID = try await server.send(
                .post, "/webhooks/github/shop", token: nil, body: .bytes(push.body), headers: push.headers)
            for answer in [wrong, unknown, otherHost, noID] {
                #expect(answer.status == 401)
                #expect(answer.text == wrong.text)
                #expect(answer.headers["WWW-Authenticate"] == wrong.headers["WWW-Authenticate"])
            }
            #expect(try await server.deliver(.github, to: repo, push).status == 202)
        }
    }

    @Test func `a delivery for a repo that was removed says so only to who has its secret`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.github)
            #expect(try await server.send(.delete, "/api/v1/repos/\(repo)").status == 204)
            let signed = try await server.deliver(.github, to: repo, try TestServer.push("d1"))
            #expect(signed.status == 404)
            var forged = try TestServer.push("d2")
            forged.headers["x-hub-signature-256"] = nil
            #expect(try await server.deliver(.github, to: repo, forged).status == 401)
            #expect(try await server.store.webhookDeliveries(of: repo, limit: 9).isEmpty)
        }
    }

    @Test func `a host that there is not is named with those there are`() async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.post, "/webhooks/sourceforge/o1", token: nil, body: .text("{}"))
            #expect(answer.status == 404)
            #expect(try answer.problem.hint?.contains("bitbucket-dc") == true)
        }
    }

    @Test(arguments: ["[", "not json", "", #"{"ref": "refs/heads/main""#, #"{"refs": "#])
    func `what is signed but cannot be read is kept, said so, and a hint all the same`(text: String) async throws {
        try await TestServer.with { server in
            let body = text == "[" ? String(repeating: "[", count: 100_000) : text
            let repo = try await server.addWebhook(.github)
            let request = try GitHost.github.signed(
                Array(body.utf8), event: "push", deliveryID: "d1", secret: Secret(WebhookFixture.secret), at: Date())
            let answer = try await server.deliver(.github, to: repo, request)
            #expect(answer.status == 202)
            #expect(try answer.decoded(WebhookReply.self).kind == .unreadable)
            #expect(try await server.store.nextDue(.source) == .zero)
            let kept = try #require(try await server.store.webhookDeliveries(of: repo, limit: 1).first)
            #expect(kept.problem?.contains("github push") == true)
        }
    }

    @Test func `a delivery without a name of its own is kept once a minute at most`() async throws {
        try await TestServer.with { server in
            let repo = try await server.addWebhook(.gitea)
            var push = try WebhookFixture("gitea-push").headers
            push["x-gitea-delivery"] = nil
            for _ in 0..<2 {
                let answer = try await server.deliver(.gitea, to: repo, push, try WebhookFixture("gitea-push").body)
                #expect(answer.status == 202)
            }
            let kept = try await server.store.webhookDeliveries(of: repo, limit: 9)
            #expect((1...2).contains(kept.count))
            #expect(kept.allSatisfy { $0.deliveryID.hasPrefix("unnamed-") })
        }
    }

    @Test func `without a master key a repo is added all the same, and deliveries are turned away`() async throws {
        try await TestServer.with(hasKey: false) { server in
            let added = try await server.post("/api/v1/repos", RepoRequest(url: "file:///shop"))
            #expect(added.status == 201)
            #expect(added.text.contains(#""webhook":null"#))
            let repo = try added.decoded(RepoReply.self).added.id
            #expect(try await server.deliver(.github, to: repo, try TestServer.push("d1")).status == 401)
            let made = try await server.post("/api/v1/webhooks/secret", WebhookSecretRequest(repo: "\(repo)"))
            #expect(made.status == 503)
            #expect(try made.problem.code == "no_master_key")
        }
    }
}
