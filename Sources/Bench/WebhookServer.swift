import Foundation
import GitHosts
import HTTPClient
import Model

/// An `ocuroot server` on a database, as in production.
final class WebhookServer {
    private struct Added: Decodable {
        struct Webhook: Decodable {
            let url: String
            let secret: String
        }

        let webhook: Webhook
    }

    private static let apiKey = "the-key-of-the-benchmark"

    private let server: ServerProcess

    /// Starts the server and waits until it is ready.
    init(binary: String, root: String, database: String) async throws {
        server = try await ServerProcess(
            binary: binary,
            [
                "server", "--data-dir", root + "/data", "--listen", "127.0.0.1:0", "--poll", "1h", "--database-url",
                database, "--object-store", "dir:\(root)/objects", "--webhook-rate", "1000000", "--log-level",
                "warning",
            ],
            environment: [
                "OCUROOT_API_KEY": Self.apiKey, "OCUROOT_MASTER_KEY": String(repeating: "7f", count: 32),
            ], root: root)
    }

    /// Watches a repository, and makes what sends signed pushes to its webhook.
    func load(repository: String) async throws -> WebhookLoad {
        let body = #"{"url": "\#(repository)", "host": "github"}"#
        let response = try await HTTPSession().send(
            HTTPRequest(
                .post, server.address + "/api/v1/repos", headers: ["Authorization": "Bearer \(Self.apiKey)"],
                body: .text(body)))
        guard response.isSuccess else { throw BenchError("the repository was not added: \(response.text)") }
        let webhook = try JSONText.decode(Added.self, from: Data(response.body)).webhook
        let push = try GitHost.github.signed(
            Self.payload, event: "push", deliveryID: WebhookLoad.placeholder, secret: Secret(webhook.secret),
            at: Date())
        return try WebhookLoad(url: webhook.url, push: push)
    }

    /// What the server's process holds in memory.
    var residentMebibytes: Double { server.residentMebibytes }

    /// Ends the server.
    func stop() {
        server.stop()
    }

    /// A push of three commits as GitHub sends it, about 6 KiB.
    private static var payload: [UInt8] {
        let id = "f95f852bd8fca8fcc58a9a2d6c842781e32a215e"
        let person = #"{"name": "Ada", "email": "ada@example.com", "username": "ada"}"#
        let files = (0..<8).map { #""services/checkout/internal/handler_\#($0).go""# }.joined(separator: ",")
        let commit = """
            {"id": "\(id)", "tree_id": "\(id)", "distinct": true, "message": "Change it\\n\\nAnd say why.",
            "timestamp": "2026-05-15T15:20:33Z", "url": "https://github.com/acme/shop/commit/\(id)",
            "author": \(person), "committer": \(person), "added": [], "removed": [], "modified": [\(files)]}
            """
        let links = ["archive", "assignees", "blobs", "branches", "collaborators", "comments", "commits", "compare"]
            .map { #""\#($0)_url": "https://api.github.com/repos/acme/shop/\#($0){/ref}""# }.joined(separator: ",")
        let commits = [commit, commit, commit].joined(separator: ",")
        return Array(
            """
            {"ref": "refs/heads/main", "before": "6113728f27ae82c7b1a177c8d03f9e96e0adf246", "after": "\(id)",
            "repository": {"id": 1, "full_name": "acme/shop", "clone_url": "https://github.com/acme/shop.git",
            \(links)}, "pusher": \(person), "created": false, "deleted": false, "forced": false,
            "commits": [\(commits)], "head_commit": \(commit)}
            """.utf8)
    }
}
