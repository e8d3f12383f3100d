import Foundation
import GitHosts
import HTTPClient
import Model
import Store
import TestSupport
import Testing

@testable import Server

extension TestServer {
    /// Watches a repo whose webhook has a known secret, and empties the queue.
    func addWebhook(
        _ host: GitHost, secret: String = WebhookFixture.secret, url: String = "file:///shop"
    ) async throws -> RepoID {
        let repo = try await addRepo(url)
        try await store.transaction(as: "test") { tx throws(StoreError) in
            try await tx.setWebhook(
                of: repo, host: host, secret: Secret(secret), address: "https://ci/x", formerFor: .zero)
        }
        try await settleSource()
        return repo
    }

    /// Empties the source controller's queue.
    func settleSource() async throws {
        for lease in try await store.claim(.source, holder: "test", limit: 100, lease: .seconds(9)) {
            try await store.finish(lease, .done)
        }
        #expect(try await store.nextDue(.source) == nil)
    }

    /// Delivers bytes under headers, without any other credentials.
    func deliver(
        _ host: GitHost, to repo: RepoID, _ headers: [String: String], _ body: [UInt8]
    ) async throws -> HTTPResponse {
        try await send(
            .post, "/webhooks/\(host.rawValue)/\(repo)", token: nil, body: .bytes(body), headers: headers)
    }

    /// Delivers a signed request.
    func deliver(_ host: GitHost, to repo: RepoID, _ request: WebhookRequest) async throws -> HTTPResponse {
        try await deliver(host, to: repo, request.headers, request.body)
    }

    /// A push of GitHub's, signed with the fixtures' secret.
    static func push(_ name: String, ref: String = "refs/heads/main", commit: Character = "a") throws -> WebhookRequest
    {
        let body = #"{"ref": "\#(ref)", "after": "\#(String(repeating: commit, count: 40))"}"#
        return try GitHost.github.signed(
            Array(body.utf8), event: "push", deliveryID: name, secret: Secret(WebhookFixture.secret), at: Date())
    }
}
