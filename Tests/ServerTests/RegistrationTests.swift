import Foundation
import GitHosts
import HTTPClient
import Model
import Store
import Synchronization
import Testing

@testable import Server

@Suite struct RegistrationTests {
    private static let token = "pl4nted-token"
    private static let url = "https://github.com/acme/shop.git"
    private static let publicURL = "https://ci.example.com"

    /// What was to be registered.
    private final class Orders: Sendable {
        private let all = Mutex<[WebhookOrder]>([])
        private let removals = Mutex<[WebhookRemoval]>([])

        var list: [WebhookOrder] { all.withLock { $0 } }

        var removed: [WebhookRemoval] { removals.withLock { $0 } }

        func remove(_ removal: WebhookRemoval) {
            removals.withLock { $0.append(removal) }
        }

        func add(_ order: WebhookOrder) {
            all.withLock { $0.append(order) }
        }
    }

    private final class Slot: Sendable {
        let server = Mutex<TestServer?>(nil)
    }

    private func with(
        answer: WebhookRegistration = .done(id: "7", isNew: true, api: "https://api.github.com"), hasKey: Bool = true,
        publicURL: String? = publicURL,
        removal: WebhookUnregistration = .done(ids: ["7"], api: "https://api.github.com"),
        _ body: @escaping @Sendable (TestServer, Orders) async throws -> Void
    ) async throws {
        let orders = Orders()
        let doors = HostDoors(
            runnerCredentials: { _ in [] },
            register: { order in
                orders.add(order)
                return answer
            },
            unregister: { order in
                orders.remove(order)
                return removal
            })
        try await TestServer.with(publicURL: publicURL, hasKey: hasKey, doors: doors) { try await body($0, orders) }
    }

    private static func request(_ url: String = url, host: GitHost? = nil, token: String? = token) -> RepoRequest {
        RepoRequest(url: url, host: host, register: RegistrationRequest(token: token))
    }

    @Test func `a repo's webhook is registered with the token, which is kept nowhere`() async throws {
        try await with { server, orders in
            let answer = try await server.post("/api/v1/repos", Self.request())
            #expect(answer.status == 201 && !answer.text.contains(Self.token))
            let reply = try answer.decoded(RepoReply.self)
            #expect(reply.registration == .done(id: "7", isNew: true, api: "https://api.github.com"))
            let order = try #require(orders.list.first)
            #expect(order.token?.text == Self.token && order.way.api == "https://api.github.com")
            #expect(order.way.project == "acme/shop" && order.host == .github)
            #expect(order.hook.url == reply.webhook?.url && order.hook.secret.text == reply.webhook?.secret)
            #expect(try await server.store.credentials().isEmpty)
        }
    }

    @Test func `a repo whose webhook cannot be registered is watched, and its secret is told`() async throws {
        try await with(answer: .failed("HTTP 404: Not Found", hint: "a right", status: 404)) { server, _ in
            let answer = try await server.post("/api/v1/repos", Self.request())
            let reply = try answer.decoded(RepoReply.self)
            #expect(answer.status == 201 && reply.registration?.isRegistered == false)
            #expect(reply.registration?.status == 404 && reply.webhook?.secret.isEmpty == false)
            #expect(try await server.store.repos().count == 1)
        }
    }

    @Test(
        arguments: [
            (GitHost.bitbucket, "https://bitbucket.org/a/b", token, "not_offered"),
            (.azure, "https://dev.azure.com/a/p/_git/r", token, "not_offered"),
            (.generic, "file:///srv/shop", token, "not_offered"),
            (.gitea, "file:///srv/shop", token, "invalid_request"),
            (.github, url, "two\nlines", "invalid_request"), (.github, url, nil, "invalid_request"),
        ] as [(GitHost, String, String?, String)])
    func `what could never work is refused before anything is made`(
        host: GitHost, url: String, token: String?, code: String
    ) async throws {
        try await with { server, orders in
            let answer = try await server.post("/api/v1/repos", Self.request(url, host: host, token: token))
            let problem = try answer.problem
            #expect(problem.code == code && problem.hint?.isEmpty == false, "\(problem)")
            if code == "not_offered" { #expect(problem.hint?.contains("github, gitlab, gitea") == true) }
            #expect(try await server.store.repos().isEmpty && orders.list.isEmpty)
        }
    }

    @Test func `without a master key nothing is made`() async throws {
        try await with(hasKey: false) { server, _ in
            let answer = try await server.post("/api/v1/repos", Self.request())
            #expect(try answer.problem.code == "no_master_key")
            #expect(try await server.store.repos().isEmpty)
        }
    }

    @Test func `what is kept is used when it is asked for, also for a repository over ssh`() async throws {
        try await with { server, orders in
            let form = CredentialForm(.password, user: "ada", secret: Self.token)
            let list = CredentialsRequest(prefix: "https://github.com/acme", credentials: [form])
            let kept = try await server.post("/api/v1/credentials", list).decoded(CredentialList.self)
            let url = "git@github.com:acme/shop.git"
            let answer = try await server.post("/api/v1/repos", Self.request(url, token: nil))
            #expect(answer.status == 201, "\(answer.text)")
            let order = try #require(orders.list.first)
            #expect(order.token == nil && order.way.credential?.id == kept.credentials.first?.id)
        }
    }

    @Test func `a webhook that there is keeps its secret, and a new one is told the host at once`() async throws {
        try await with { server, orders in
            let added = try await server.post("/api/v1/repos", RepoRequest(url: Self.url))
            let reply = try added.decoded(RepoReply.self)
            #expect(reply.registration == nil && orders.list.isEmpty)
            let repo = "\(reply.added.id)"
            let register = RegistrationRequest(token: Self.token)
            let answer = try await server.post(
                "/api/v1/webhooks/register", WebhookRegisterRequest(repo: repo, register: register))
            let registered = try answer.decoded(WebhookRegisterReply.self)
            #expect(registered.registration.isRegistered && registered.secret == nil)
            #expect(orders.list.last?.hook.secret.text == reply.webhook?.secret)
            let rotated = try await server.post(
                "/api/v1/webhooks/secret", WebhookSecretRequest(repo: repo, register: register)
            ).decoded(WebhookSecretReply.self)
            #expect(rotated.registration?.isRegistered == true && rotated.secret != reply.webhook?.secret)
            #expect(orders.list.last?.hook.secret.text == rotated.secret && orders.list.count == 2)
        }
    }

    @Test func `a repo without a webhook gets one, of the host that is said`() async throws {
        try await with { server, orders in
            let repo = try await server.addRepo("https://git.acme.com/acme/shop")
            let request = WebhookRegisterRequest(
                repo: "\(repo)", host: .gitea, register: RegistrationRequest(token: Self.token))
            let answer = try await server.post("/api/v1/webhooks/register", request)
            let reply = try answer.decoded(WebhookRegisterReply.self)
            #expect(reply.secret == orders.list.first?.hook.secret.text && reply.host == .gitea)
            #expect(orders.list.first?.way.api == "https://git.acme.com/api/v1")
            #expect(try await server.store.webhook(of: repo)?.host == .gitea)
        }
    }

    @Test func `a GitHub App is kept with a key that can sign, and shown by its fingerprint`() async throws {
        try await with { server, _ in
            let prefix = "https://github.com/acme"
            for (form, word) in [
                (CredentialForm(.gitHubApp, privateKey: "pl4nted-key", app: "1"), "PEM"),
                (CredentialForm(.gitHubApp, privateKey: "x", app: "1", api: "https://ada:x@h/"), "without user"),
            ] {
                let answer = try await server.post(
                    "/api/v1/credentials", CredentialsRequest(prefix: prefix, credentials: [form]))
                #expect(try answer.problem.detail.contains(word) && !answer.text.contains("pl4nted-key"))
            }
            #expect(try await server.store.credentials().isEmpty)
        }
    }

    @Test func `a git host can be told with what is kept, if something is`() async throws {
        try await with { server, _ in
            let repo = try await server.addRepo(Self.url)
            var request = NoticeTargetRequest(.status)
            request.repo = "\(repo)"
            let path = "/api/v1/notify/targets"
            #expect(try await server.post(path, request).problem.detail.contains("no token was given"))
            let form = CredentialForm(.password, user: "ada", secret: Self.token)
            let list = CredentialsRequest(prefix: "https://github.com/", credentials: [form])
            #expect(try await server.post("/api/v1/credentials", list).status == 201)
            request.api = "https://evil.example.com/"
            #expect(try await server.post(path, request).problem.detail.contains("not sent to another API"))
            request.api = nil
            let reply = try await server.post(path, request).decoded(NoticeTargetReply.self)
            #expect(reply.target.address == "https://api.github.com")
            #expect(try await server.store.noticeCredentials(reply.target.id)?.token == nil)
        }
    }

    @Test func `a secret that is changed while the host is told of another is what the host is told last`() async throws
    {
        let orders = Orders()
        let slot = Slot()
        let doors = HostDoors(
            runnerCredentials: { _ in [] },
            register: { order in
                orders.add(order)
                if orders.list.count == 1, let server = slot.server.withLock({ $0 }) {
                    _ = try? await server.post("/api/v1/webhooks/secret", WebhookSecretRequest(repo: "o1"))
                }
                return .done(id: "7", isNew: true, api: order.way.api)
            },
            unregister: { .failed("never", api: $0.way.api) })
        try await TestServer.with(publicURL: Self.publicURL, doors: doors) { test in
            slot.server.withLock { $0 = test }
            let answer = try await test.post("/api/v1/repos", Self.request())
            #expect(try answer.decoded(RepoReply.self).registration?.isRegistered == true)
            let repo = try #require(try await test.store.repos().first)
            let secret = try await test.store.webhookSecrets(of: repo.id)?.secrets.first
            #expect(orders.list.count == 2 && orders.list.last?.hook.secret == secret)
        }
    }

    @Test(arguments: [nil, "HTTP 403: Forbidden"])
    func `a webhook whose repo is removed while its host is told of it is taken away again`(
        problem: String?
    ) async throws {
        let (orders, slot) = (Orders(), Slot())
        let doors = HostDoors(
            runnerCredentials: { _ in [] },
            register: { order in
                orders.add(order)
                if let server = slot.server.withLock({ $0 }) {
                    _ = try? await Self.remove(RepoID(rawValue: 1), RepoRemovalRequest(), server)
                }
                return .done(id: "7", isNew: true, api: order.way.api)
            },
            unregister: { removal in
                orders.remove(removal)
                return problem.map { .failed($0, status: 403, api: removal.way.api) }
                    ?? .done(ids: ["7"], api: removal.way.api)
            })
        try await TestServer.with(publicURL: Self.publicURL, doors: doors) { test in
            let repo = "\(try await test.addRepo(Self.url))"
            slot.server.withLock { $0 = test }
            let register = RegistrationRequest(token: Self.token)
            let answer = try await test.post(
                "/api/v1/webhooks/register", WebhookRegisterRequest(repo: repo, register: register))
            let registration = try answer.decoded(WebhookRegisterReply.self).registration
            #expect(!registration.isRegistered && registration.problem?.contains("was removed meanwhile") == true)
            #expect(registration.problem?.contains("webhook 7 is there still: HTTP 403") == (problem != nil))
            #expect(registration.hint?.contains(problem == nil ? "ocuroot repo add" : "by hand") == true)
            let order = try #require(orders.list.first)
            #expect(orders.removed.map(\.traces) == [[HookTrace(address: order.hook.url, id: "7")]])
            #expect(orders.removed.first?.token?.text == Self.token && orders.list.count == 1)
        }
    }

    @Test func `an address that only this machine reaches is registered at no host elsewhere`() async throws {
        try await with(publicURL: nil) { server, orders in
            let refused = try await server.post("/api/v1/repos", Self.request()).problem
            #expect(refused.status == 422 && refused.code == "unreachable_address")
            #expect(refused.hint?.contains("--public-url") == true && refused.detail.contains("http://127.0.0.1:"))
            #expect(try await server.store.repos().isEmpty)
            let repo = "\(try await server.addRepo(Self.url))"
            let register = RegistrationRequest(token: Self.token)
            for (path, body) in [
                ("register", try JSONText.encode(WebhookRegisterRequest(repo: repo, register: register))),
                ("secret", try JSONText.encode(WebhookSecretRequest(repo: repo, register: register))),
            ] {
                let answer = try await server.send(.post, "/api/v1/webhooks/\(path)", body: .bytes(Array(body)))
                #expect(try answer.problem.code == "unreachable_address", "\(path)")
            }
            #expect(try await server.store.webhook(of: RepoID(rawValue: 1)) == nil && orders.list.isEmpty)
            let near = try await server.post(
                "/api/v1/repos", Self.request("http://localhost:3000/acme/shop", host: .gitea))
            #expect(near.status == 201 && orders.list.count == 1, "\(near.text)")
        }
    }

    private static func remove(_ repo: RepoID, _ request: RepoRemovalRequest, _ server: TestServer) async throws
        -> HTTPResponse
    {
        let body = try JSONText.encode(request)
        return try await server.send(.delete, "/api/v1/repos/\(repo)", body: .bytes(Array(body)))
    }

    @Test func `a repo that is removed tells of the webhook that stays at its host`() async throws {
        try await with { server, orders in
            let repo = try await server.post("/api/v1/repos", RepoRequest(url: Self.url)).decoded(RepoReply.self)
            let reply = try await Self.remove(repo.added.id, RepoRemovalRequest(), server)
                .decoded(RepoRemovalReply.self)
            #expect(reply.webhook?.url == repo.webhook?.url && reply.unregistration == nil)
            #expect(reply.webhook?.page == "https://github.com/acme/shop/settings/hooks" && orders.removed.isEmpty)
            #expect(try await server.store.repos().isEmpty)
        }
    }

    @Test(arguments: [nil, "HTTP 403: Forbidden"])
    func `its webhook is taken away with a token, and it is removed whatever the host says`(
        problem: String?
    ) async throws {
        let api = "https://api.github.com"
        let end = problem.map { WebhookUnregistration.failed($0, status: 403, api: api) } ?? .done(ids: ["7"], api: api)
        try await with(removal: end) { server, orders in
            let repo = try await server.post("/api/v1/repos", RepoRequest(url: Self.url)).decoded(RepoReply.self)
            let request = RepoRemovalRequest(unregister: RegistrationRequest(token: Self.token))
            let answer = try await Self.remove(repo.added.id, request, server)
            #expect(answer.status == 200 && !answer.text.contains(Self.token))
            #expect(try answer.decoded(RepoRemovalReply.self).unregistration == end)
            let removal = try #require(orders.removed.first)
            #expect(removal.traces.map(\.address) == [repo.webhook?.url] && removal.token?.text == Self.token)
            #expect(removal.way.api == api && removal.way.project == "acme/shop")
            #expect(try await server.store.repos().isEmpty)
        }
    }

    @Test func `a webhook that could never be taken away over an API is refused before anything is done`() async throws
    {
        try await with { server, orders in
            let repo = try await server.post("/api/v1/repos", RepoRequest(url: "file:///srv/shop"))
                .decoded(RepoReply.self)
            let request = RepoRemovalRequest(unregister: RegistrationRequest(token: Self.token))
            #expect(try await Self.remove(repo.added.id, request, server).problem.code == "not_offered")
            #expect(try await server.store.repos().count == 1 && orders.removed.isEmpty)
        }
    }

    @Test
    func `a webhook is known by the addresses that it was told, by its id, and by those of a repo that was removed`()
        async throws
    {
        try await with { server, orders in
            let repo = try await server.post("/api/v1/repos", Self.request()).decoded(RepoReply.self)
            let address = try #require(repo.webhook?.url)
            #expect(orders.list.last?.traces == [HookTrace(address: address, formerAddresses: [address])])
            let former = "https://old.example.com/webhooks/github/o1"
            try await server.store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.noteWebhookAddresses([repo.added.id: former])
            }
            let register = RegistrationRequest(token: Self.token)
            _ = try await server.post(
                "/api/v1/webhooks/register", WebhookRegisterRequest(repo: "\(repo.added.id)", register: register))
            let known = HookTrace(address: address, formerAddresses: [former, address], id: "7")
            #expect(orders.list.last?.traces == [known])
            _ = try await Self.remove(repo.added.id, RepoRemovalRequest(unregister: register), server)
            #expect(orders.removed.last?.traces == [known])
            let again = try await server.post("/api/v1/repos", Self.request()).decoded(RepoReply.self)
            let new = try #require(again.webhook?.url)
            #expect(new != address)
            #expect(orders.list.last?.traces == [HookTrace(address: new, formerAddresses: [new]), known])
        }
    }

    @Test func `the id that one API gave a webhook says nothing at another`() async throws {
        try await with { server, orders in
            let repo = try await server.post("/api/v1/repos", Self.request()).decoded(RepoReply.self)
            let register = RegistrationRequest(token: Self.token, api: "https://github.example.com/api/v3")
            _ = try await server.post(
                "/api/v1/webhooks/register", WebhookRegisterRequest(repo: "\(repo.added.id)", register: register))
            #expect(orders.list.last?.traces.map(\.id) == [nil])
        }
    }
}
