import Foundation
import GitHosts
import Hummingbird
import Model
import Store

/// What becomes of a repo's webhook at its git host when the repo goes.
extension Endpoints {
    /// What a repo that is to be removed leaves at its git host.
    struct Remains: Sendable {
        /// The webhook; nil when the repo has none.
        var webhook: RepoRemovalReply.Webhook?
        /// How it is taken away; nil leaves it there.
        var removal: WebhookRemoval?
    }

    /// What a repo leaves; asked for before it is removed.
    ///
    /// - Parameter request: how its webhook is to be taken away.
    /// - Throws: a ``Problem`` for what could never work, before anything is done.
    func remains(of id: RepoID, _ request: RegistrationRequest?) async throws -> Remains {
        guard let repo = try await store.repo(id), let webhook = try await store.webhook(of: id) else {
            return Remains()
        }
        let url = webhooks.address.webhook(of: id, host: webhook.host)
        let shown = RepoRemovalReply.Webhook(
            host: webhook.host, url: url, page: webhook.host.webhooksPage(of: repo.url))
        guard let request else { return Remains(webhook: shown) }
        let way = try await way(request, to: webhook.host, of: repo.url)
        return Remains(
            webhook: shown,
            removal: WebhookRemoval(
                repository: repo.url, host: webhook.host, way: way, token: request.token.map { Secret($0) },
                traces: try await traces(of: id, webhook.host, at: way.api)))
    }

    /// Takes a webhook away at its host, within bounds; the repo is gone whatever comes of it.
    func unregister(_ removal: WebhookRemoval) async -> WebhookUnregistration {
        do {
            return try await Deadline.run(within: Self.registeringMax) { await doors.unregister(removal) }
        } catch {
            return .failed("the host did not answer within \(Self.registeringMax)", api: removal.way.api)
        }
    }
}
