import Foundation
import GitHosts
import Hummingbird
import Model
import Store

/// What people do about webhooks.
extension Endpoints {
    private static let formerSecondsMax = 7 * 86_400

    var webhookAdministrationRoutes: [Route] {
        [
            Route(.get, "/api/v1/webhooks", .person, bodyBytesMax: 0, listWebhooks),
            Route(.post, "/api/v1/webhooks/secret", .person, timeout: .seconds(40), makeSecret),
            Route(.post, "/api/v1/webhooks/register", .person, timeout: .seconds(40), registerWebhook),
            Route(.post, "/api/v1/webhooks/test", .person, timeout: .seconds(40), testWebhook),
            Route(.get, "/api/v1/webhooks/deliveries/:id", .person, bodyBytesMax: 0, showDelivery),
            Route(.post, "/api/v1/webhooks/deliveries/:id/redeliver", .person, redeliver),
        ]
    }

    private func listWebhooks(_ call: Call) async throws -> Response {
        let limit = try call.limit(default: 50, atMost: 1000)
        var chosen: Repo?
        if let name = call.query("repo") { chosen = try await repo(name) }
        let names = Dictionary(
            uniqueKeysWithValues: try await store.repos().map { ($0.id, $0.displayName) })
        let webhooks = try await store.webhooks().filter { chosen == nil || $0.repo == chosen?.id }
        let entries = webhooks.map { entry(of: $0, names) }
        // Somebody may enter what is shown at the host.
        let addresses = Dictionary(uniqueKeysWithValues: entries.map { ($0.webhook.repo, $0.url) })
        try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.noteWebhookAddresses(addresses)
        }
        return try .json(
            WebhookList(
                webhooks: entries,
                deliveries: try await store.webhookDeliveries(of: chosen?.id, limit: limit)))
    }

    private func entry(of webhook: Webhook, _ names: [RepoID: RepoName]) -> WebhookList.Entry {
        WebhookList.Entry(
            name: names[webhook.repo] ?? RepoName(webhook.repo.description),
            url: webhooks.address.webhook(of: webhook.repo, host: webhook.host), webhook: webhook)
    }

    /// Makes a webhook's secret, its first one or another.
    private func makeSecret(_ call: Call) async throws -> Response {
        let request = try call.json(WebhookSecretRequest.self)
        let former = request.formerSeconds ?? 86_400
        guard (0...Self.formerSecondsMax).contains(former) else {
            throw Problem.invalid("'formerSeconds' is a number from 0 to \(Self.formerSecondsMax)")
        }
        let repo = try await repo(request.repo)
        let present = try await store.webhook(of: repo.id)
        let host =
            request.host
            ?? (request.register == nil ? present?.host : nil)
            ?? Self.host(present?.host, of: repo.url)
        var way: HostWay?
        if let register = request.register { way = try await wayToRegister(register, at: host, of: repo.url) }
        let secret = try await newSecret(of: repo.id, host, formerFor: .seconds(former))
        var reply = WebhookSecretReply(
            repo: repo.id, host: host, url: webhooks.address.webhook(of: repo.id, host: host), secret: secret)
        if let way, let register = request.register {
            reply.registration = await self.register(repo, host, way, register, secret: secret)
        }
        return try .json(reply)
    }

    private func showDelivery(_ call: Call) async throws -> Response {
        let id: WebhookDeliveryID = try call.id()
        guard let delivery = try await store.webhookDelivery(id), let body = try await store.webhookBody(id) else {
            throw Problem.notFound("delivery \(id)", hint: "old deliveries are cleared away")
        }
        return try .json(
            WebhookReport(
                delivery: delivery, outcomes: try await store.webhookOutcomes(of: delivery),
                body: String(decoding: body, as: UTF8.self)))
    }

    private func redeliver(_ call: Call) async throws -> Response {
        try await store.redeliverWebhook(try call.id())
        return Response(status: .accepted)
    }

    /// Sends a signed ping through the public address, as the git host would.
    private func testWebhook(_ call: Call) async throws -> Response {
        let repo = try await repo(try call.json(WebhookTestRequest.self).repo)
        guard let secrets = try await store.webhookSecrets(of: repo.id), let secret = secrets.secrets.first else {
            throw Problem.notFound(
                "webhook of \(repo.displayName)", hint: "'ocuroot webhook secret \(repo.id)' makes one")
        }
        let url = webhooks.address.webhook(of: repo.id, host: secrets.host)
        try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.noteWebhookAddresses([repo.id: url])
        }
        let name = "ocuroot-test-" + UUID().uuidString.lowercased()
        let ping = try secrets.host.ping(deliveryID: name, secret: secret, at: Date())
        var reply = WebhookTestReply(url: url, hasArrived: false, delivery: nil, status: nil, problem: nil)
        do {
            reply.status = try await Deadline.run(within: .seconds(20)) { [send = webhooks.send] in
                try await send(url, ping.headers, ping.body)
            }
        } catch {
            reply.problem = "\(error)"
        }
        let recent = try await store.webhookDeliveries(of: repo.id, limit: 100)
        reply.delivery = recent.first { $0.deliveryID.hasSuffix(name) }?.id
        reply.hasArrived = reply.delivery != nil
        return try .json(reply)
    }
}
