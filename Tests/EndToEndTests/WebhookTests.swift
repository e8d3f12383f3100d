import Foundation
import HTTPClient
import Model
import TestSupport
import Testing

/// Pushes that are announced: with no polling to speak of, what is seen was told.
@Suite(.serialized) struct WebhookTests {
    private struct Added: Decodable {
        struct Webhook: Decodable {
            let url: String
            let secret: String
        }

        let repo: String
        let webhook: Webhook
    }

    private struct Listing: Decodable {
        struct Delivery: Decodable {
            let id: String
            let kind: String
            let refs: [WebhookRefMove]
        }

        let deliveries: [Delivery]
    }

    private static let hook =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path + "/hack/post-receive"

    @discardableResult
    private static func git(_ directory: String, _ arguments: String...) async throws -> Command.End {
        let end = try await Command("/usr/bin/env", ["git", "-C", directory] + arguments).end()
        #expect(end.status == 0, "\(arguments): \(end.errors)")
        return end
    }

    /// A bare repository with the hook, and a clone to push from.
    private static func bare(_ directory: String) async throws -> (bare: String, clone: String) {
        let (bare, clone) = (directory + "/shop.git", directory + "/clone")
        try await git("/", "init", "-q", "--bare", "-b", "main", bare)
        try await git("/", "clone", "-q", bare, clone)
        try await git(clone, "config", "user.email", "ada@example.com")
        try await git(clone, "config", "user.name", "Ada")
        try FileManager.default.copyItem(atPath: hook, toPath: bare + "/hooks/post-receive")
        return (bare, clone)
    }

    private static func commit(_ clone: String, _ files: [String: String]) async throws {
        for (path, text) in files {
            let file = URL(fileURLWithPath: clone + "/" + path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        try await git(clone, "add", "-A")
        try await git(clone, "commit", "-q", "-m", "a change")
    }

    private static func text(_ file: FixtureFile) throws -> String {
        guard case .text(let text) = file else { throw CocoaError(.featureUnsupported) }
        return text
    }

    @Test func `a push to a bare repository with the hook is delivered at once`() async throws {
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            let (bare, clone) = try await Self.bare(shop.world)
            try await Self.commit(
                clone,
                [
                    "repo.ocu.star": try Self.text(Shop.repo("shop", ["prod"])),
                    "api/package.ocu.star": try Self.text(Shop.package("api")),
                ])
            // Before the hook is told where to announce, a push succeeds and says why nothing was announced.
            try await Self.git(clone, "push", "-q", "origin", "HEAD:main")
            let end = try await shop.run("repo", "add", "file://\(bare)", "--host", "generic", "--json")
            #expect(end.status == 0, "\(end.errors)")
            let added = try JSONText.decode(Added.self, from: Data(end.output.utf8))
            #expect(added.webhook.url == "\(shop.address)/webhooks/generic/\(added.repo)")
            try await Self.git(bare, "config", "ocuroot.url", added.webhook.url)
            try await Self.git(bare, "config", "ocuroot.secret", added.webhook.secret)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1"])

            try await Self.commit(clone, ["api/change.txt": "2"])
            try await Self.git(clone, "tag", "v\"1'$(x)")
            let start = ContinuousClock.now
            try await Self.git(clone, "push", "-q", "origin", "HEAD:main", "--tags")
            try await waitUntil(timeout: .seconds(30), "the push is deployed") {
                try shop.deployments("api@prod") == ["1", "2"]
            }
            print("from the beginning of git push to the deployment: \(ContinuousClock.now - start)")

            let list = try await shop.run("webhook", "list", "--json")
            let deliveries = try JSONText.decode(Listing.self, from: Data(list.output.utf8)).deliveries
            #expect(deliveries.map(\.kind) == ["push"])
            #expect(deliveries.first?.refs.map(\.ref).sorted() == ["refs/heads/main", "refs/tags/v\"1'$(x)"])
            let id = try #require(deliveries.first?.id)
            let shown = try await shop.run("webhook", "show", id)
            #expect(shown.output.contains("refs/heads/main from") && shown.output.contains("recorded as c2"))
            #expect(try await shop.run("webhook", "redeliver", id).status == 0)
            let tested = try await shop.run("webhook", "test", added.repo)
            #expect(tested.status == 0 && tested.output.contains("arrived as w2"), "\(tested.output)\(tested.errors)")
            #expect(try await shop.run("webhook", "show", "w999").status == 1)

            // What is wrong with the hook's settings never fails a push.
            try await Self.git(bare, "config", "ocuroot.secret", "wrong")
            try await Self.commit(clone, ["api/change.txt": "3"])
            try await Self.git(clone, "push", "-q", "origin", "HEAD:main")
            try await Self.git(bare, "config", "ocuroot.url", "http://127.0.0.1:1/")
            try await Self.commit(clone, ["api/change.txt": "4"])
            try await Self.git(clone, "push", "-q", "origin", "HEAD:main")
            try await waitUntil(timeout: .seconds(20), "the refusal is counted") {
                try await shop.run("webhook", "list").output.contains("1, last")
            }
            #expect(try shop.deployments("api@prod") == ["1", "2"])
            try await Self.git(bare, "config", "ocuroot.url", added.webhook.url)
            let rotated = try await shop.run("webhook", "secret", added.repo, "--rotate")
            let line = rotated.output.split(separator: "\n").first { $0.contains("ocuroot.secret") }
            let secret = try #require(line?.split(separator: "'").dropFirst().first)
            try await Self.git(bare, "config", "--unset", "ocuroot.secret")
            try Data("\(secret)\n".utf8).write(to: URL(fileURLWithPath: shop.world + "/secret"))
            try await Self.git(bare, "config", "ocuroot.secretFile", shop.world + "/secret")
            try await Self.git(clone, "push", "-q", "origin", "HEAD:refs/heads/other")
            try await waitUntil(timeout: .seconds(30), "another ref's push brings a look at all") {
                try shop.deployments("api@prod") == ["1", "2", "3"]
            }
            try await Self.git(clone, "push", "-q", "origin", ":refs/heads/other")
            let last = try await shop.run("webhook", "list", "--json")
            let refs = try JSONText.decode(Listing.self, from: Data(last.output.utf8)).deliveries.first?.refs
            #expect(refs?.map(\.isDeleted) == [true])
        }
    }

    @Test func `the hook says in a line why a push is not announced`() async throws {
        let world = NSTemporaryDirectory() + "ocuroot-hook-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: world, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: world) }
        let (bare, clone) = try await Self.bare(world)
        let file = world + "/secret"
        func warnings(_ key: String, _ value: String) async throws -> [String] {
            try await Self.git(bare, "config", key, value)
            try await Self.git(clone, "commit", "-q", "--allow-empty", "-m", "a change")
            let end = try await Self.git(clone, "push", "-q", "origin", "HEAD:main")
            return end.errors.split(separator: "\n")
                .map { $0.replacing("remote: ", with: "").trimmingCharacters(in: .whitespaces) }
                .filter { !$0.isEmpty }
        }
        let start = "ocuroot: this push is not announced: "
        let ofFile = start + "the file of ocuroot.secretFile "
        #expect(
            try await warnings("ocuroot.url", "http://127.0.0.1:1/")
                == [start + "git config ocuroot.url and ocuroot.secret, or ocuroot.secretFile, are not both set"])
        let missing = try await warnings("ocuroot.secretFile", file)
        #expect(missing == [ofFile + "cannot be read: \(file): No such file or directory"])
        try Data("\n".utf8).write(to: URL(fileURLWithPath: file))
        #expect(try await warnings("ocuroot.secretFile", file) == [ofFile + "is empty: \(file)"])
        try Data("whsec_MTIz\n".utf8).write(to: URL(fileURLWithPath: file))
        let unheard = try await warnings("ocuroot.secretFile", file)
        let line = try #require(unheard.first)
        #expect(unheard.count == 1 && line.hasPrefix("ocuroot: this push could not be announced (curl: (7) "))
        #expect(!line.contains("000") && line.hasSuffix("); it is found by polling"))
    }

    @Test func `an address that no other machine reaches is noted where a host elsewhere should deliver`() async throws
    {
        let remote = try RepositoryBuilder()
        try remote.commit("first", ["repo.ocu.star": Shop.repo("shop", ["prod"])])
        try await Installation.with(arguments: ["--poll", "1h"]) { shop in
            let note = "note: gitea cannot deliver to \(shop.address): no other machine reaches that\n"
            let far = try await shop.run(
                "repo", "add", "https://git.invalid/acme/shop.git", "--host", "gitea", "--force")
            #expect(far.status == 0 && far.output.contains(note), "\(far.output)\(far.errors)")
            let tested = try await shop.run("webhook", "test", "o1")
            #expect(tested.status == 0 && tested.output.contains("arrived as w1"), "\(tested.output)\(tested.errors)")
            #expect(tested.errors.hasPrefix(note) && tested.errors.contains("--public-url"))

            let near = try await shop.run("repo", "add", remote.url, "--host", "gitea")
            #expect(near.status == 0 && !near.output.contains("note:"), "\(near.output)\(near.errors)")
            let silent = try await shop.run("webhook", "test", "o2")
            #expect(silent.status == 0 && silent.errors.isEmpty, "\(silent.errors)")
        }
    }

    @Test func `repo add says what to enter where, and the secret is never shown again`() async throws {
        let remote = try RepositoryBuilder()
        try remote.commit("first", ["repo.ocu.star": Shop.repo("shop", ["prod"])])
        try await Installation.with(arguments: ["--public-url", "https://ci.example.com/"]) { shop in
            let added = try await shop.run("repo", "add", remote.url, "--host", "github")
            #expect(added.status == 0, "\(added.errors)")
            #expect(added.output.contains("Payload URL:  https://ci.example.com/webhooks/github/o1"))
            let line = added.output.split(separator: "\n").first { $0.contains("Secret:") }
            let secret = try #require(line?.split(separator: " ").last.map(String.init))
            for arguments in [["repo", "list", "--json"], ["webhook", "list", "--json"], ["log", "--json"]] {
                let end = try await Command(
                    Binary.path, arguments, environment: ["OCUROOT_DATA_DIR": shop.directory]
                ).end()
                #expect(end.status == 0)
                #expect(!end.output.contains(secret), "\(arguments)")
            }
            let again = try await shop.run("webhook", "secret", "o1")
            #expect(again.status == 1 && again.errors.contains("--rotate"))
            let failed = try await shop.run("webhook", "test", "o1")
            #expect(failed.status == 1 && failed.errors.contains("did not arrive"))
            #expect(shop.server?.errors.contains(secret) == false)
        }
    }
}
