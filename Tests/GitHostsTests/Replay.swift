import Foundation
import Model
import TestSupport
import Testing

@testable import GitHosts

/// A fixture with what it must be read as.
struct Replay: Sendable, CustomTestStringConvertible {
    let fixture: String
    let host: GitHost
    let kind: WebhookDelivery.Kind
    let deliveryID: String
    /// Each as `ref old>new`, ids by their first digits, nothing for none; `!` for a deleted one.
    let refs: [String]
    let pusher: String?
    let repository: String?

    var testDescription: String { fixture }

    init(
        _ fixture: String, _ host: GitHost, _ kind: WebhookDelivery.Kind, _ deliveryID: String, _ refs: [String] = [],
        by pusher: String? = nil, of repository: String? = nil
    ) {
        self.fixture = fixture
        self.host = host
        self.kind = kind
        self.deliveryID = deliveryID
        self.refs = refs
        self.pusher = pusher
        self.repository = repository
    }

    static let all: [Replay] = github + gitlab + gitea + others

    private static let github: [Replay] = [
        Replay(
            "github-push", .github, .push, "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            ["refs/heads/master 6113728f>f95f852b"], by: "Codertocat",
            of: "https://github.com/Codertocat/Hello-World.git"),
        Replay(
            "github-tag-deleted", .github, .push, "72d3162e-cc78-11e3-81ab-4c9367dc0959",
            ["refs/tags/simple-tag 6113728f>!"], by: "Codertocat"),
        Replay(
            "github-branch-created-sha256", .github, .push, "72d3162e-cc78-11e3-81ab-4c9367dc095a",
            ["refs/heads/feature/a >c3c3c3c3"]),
        Replay(
            "github-delete", .github, .push, "72d3162e-cc78-11e3-81ab-4c9367dc095b", ["refs/tags/simple-tag >!"],
            by: "Codertocat"),
        Replay("github-ping", .github, .ping, "72d3162e-cc78-11e3-81ab-4c9367dc095c"),
        Replay(
            "github-push-form", .github, .push, "72d3162e-cc78-11e3-81ab-4c9367dc095d",
            ["refs/heads/master 6113728f>f95f852b"], by: "Codertocat"),
        Replay("github-issue", .github, .other, "72d3162e-cc78-11e3-81ab-4c9367dc095e"),
    ]

    private static let gitlab: [Replay] = [
        Replay(
            "gitlab-push", .gitlab, .push, "f5e5f430-f57b-4e6e-9fac-d9128cd7232f",
            ["refs/heads/master 95790bf8>da156088"], of: "http://example.com/mike/diaspora.git"),
        Replay(
            "gitlab-tag", .gitlab, .push, "f5e5f430-f57b-4e6e-9fac-d9128cd72330", ["refs/tags/v1.0.0 >82b3d5ae"]),
        Replay(
            "gitlab-branch-deleted", .gitlab, .push, "f5e5f430-f57b-4e6e-9fac-d9128cd72331",
            ["refs/heads/gone 95790bf8>!"]),
        Replay(
            "gitlab-system-update", .gitlab, .push, "f5e5f430-f57b-4e6e-9fac-d9128cd72332",
            ["refs/heads/master 8205ea8d>4045ea7a", "refs/tags/v2 >4045ea7a"]),
        Replay(
            "gitlab-push-signed", .gitlab, .push, "msg_f5e5f430-f57b-4e6e-9fac-d9128cd72333",
            ["refs/heads/master 95790bf8>da156088"]),
    ]

    private static let gitea: [Replay] = [
        Replay(
            "gitea-push", .gitea, .push, "f6266f16-1bf3-46a5-9ea4-602e06ead473",
            ["refs/heads/develop 28e1879d>bffeb742"], by: "gitea", of: "gitea/webhooks"),
        Replay(
            "forgejo-push", .gitea, .push, "f6266f16-1bf3-46a5-9ea4-602e06ead474",
            ["refs/heads/develop 28e1879d>bffeb742"]),
        Replay(
            "gitea-create-tag", .gitea, .push, "f6266f16-1bf3-46a5-9ea4-602e06ead475", ["refs/tags/v1.0 >bffeb742"]),
        Replay(
            "gitea-delete-branch", .gitea, .push, "f6266f16-1bf3-46a5-9ea4-602e06ead476", ["refs/heads/develop >!"]),
    ]

    private static let others: [Replay] = [
        Replay(
            "bitbucket-push", .bitbucket, .push, "{4ac1a5c0-a5b8-4ba4-8dd7-7b1f7d5c0e1a}",
            [
                "refs/heads/master 1e65c05c>709d658d", "refs/tags/v1.2 >709d658d", "refs/heads/old/idea 1e65c05c>!",
            ], by: "emmap1", of: "https://bitbucket.org/emmap1/my-repo"),
        Replay(
            "bitbucket-dc-push", .bitbucketDataCenter, .push, "cb5a1b0c-6b5c-4d35-9d8c-3a0f0c5e9a11",
            ["refs/heads/master ecddabb6>178864a7", "refs/tags/1.0 >178864a7", "refs/heads/old ecddabb6>!"],
            by: "admin", of: "https://bitbucket.example.com/scm/proj/repository.git"),
        Replay("bitbucket-dc-ping", .bitbucketDataCenter, .ping, "cb5a1b0c-6b5c-4d35-9d8c-3a0f0c5e9a12"),
        Replay(
            "azure-push", .azure, .push,
            "00000000-0000-0000-0000-000000000001/3/03c164c2-8912-4d5e-8009-3707d5f83734",
            ["refs/heads/master aad331d8>33b55f7c", "refs/tags/v1 >33b55f7c", "refs/heads/old aad331d8>!"],
            by: "Jamal Hartnett"),
        Replay(
            "generic-push", .generic, .push, "push-1780000000-4711",
            ["refs/heads/main 95790bf8>da156088", "refs/heads/gone 95790bf8>!", "refs/tags/v1 >da156088"], by: "ada",
            of: "/srv/git/shop.git"),
        Replay("generic-ping", .generic, .ping, "ping-1"),
    ]

    /// The delivery as it came.
    func request() throws -> WebhookRequest {
        let fixture = try WebhookFixture(fixture)
        return WebhookRequest(headers: fixture.headers, body: fixture.body)
    }

    /// What it was signed with.
    var secret: Secret {
        let isStandard = host == .generic || fixture == "gitlab-push-signed"
        return Secret(isStandard ? WebhookFixture.standardSecret : WebhookFixture.secret)
    }

    /// Why it is not believed.
    func refusal(of request: WebhookRequest, secret: Secret? = nil) throws -> WebhookRefusal? {
        try host.refusal(of: request, secrets: [secret ?? self.secret], at: WebhookFixture.signedAt)
    }

    static func text(of move: WebhookRefMove) -> String {
        func digits(_ id: ObjectID?) -> String { id.map { String($0.hex.prefix(8)) } ?? "" }
        return "\(move.ref) \(digits(move.old))>\(move.isDeleted ? "!" : digits(move.new))"
    }
}
