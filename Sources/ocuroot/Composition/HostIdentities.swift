import GitHosts
import HostAPI
import Model
import NotifyController
import Server
import Store

/// As whom git hosts are talked to: with the credentials that are kept, a GitHub App's as a token.
struct HostIdentities: Sendable {
    private let store: StateStore
    private let tokens: GitHubAppTokens
    private let registrar: HookRegistrar

    init(store: StateStore, exchange: HostExchange) {
        self.store = store
        tokens = GitHubAppTokens(exchange: exchange)
        registrar = HookRegistrar(exchange: exchange)
    }

    /// The credentials that a repository is read with, and the token among them that can be got anew.
    ///
    /// - Parameter isNarrow: whether the token of an App is to read this repository alone.
    func reading(
        _ url: String, isNarrow: Bool = false
    ) async throws(HostAPIError) -> (forms: [CredentialForm], token: Secret?) {
        var forms: [CredentialForm] = []
        var token: Secret?
        let all = try await opened(for: url)
        for opened in all {
            guard opened.form.kind == .gitHubApp else {
                forms.append(opened.form)
                continue
            }
            let project = HostPlace.project(of: .github, repository: url)
            let secret = try await self.token(
                of: opened, for: project, isNarrow: isNarrow, through: Self.proxy(in: all))
            forms.append(CredentialForm(.password, user: GitHubApp.gitUser, secret: secret.text))
            token = secret
        }
        return (forms, token)
    }

    /// Forgets a token that a host did not take.
    func drop(_ token: Secret) {
        tokens.drop(token)
    }

    /// The token with which a target is told something: its own, or of what is kept for its repo.
    func pass(for target: NoticeTarget, _ stored: Secret?) async throws(HostAPIError) -> HostPass? {
        guard let host = target.kind.host, let id = target.repo else { return stored.map { HostPass($0) } }
        let found = try await fromStore("\(target.id)") { () throws(StoreError) in
            (url: try await store.repoURL(id), kept: stored == nil ? try await store.credentials() : [])
        }
        guard let url = found.url else { return nil }
        if let stored { return HostPass(stored, proxy: try await proxy(for: url)) }
        let way: HostWay
        do throws(HostWay.Obstacle) {
            way = try HostWay(
                to: host, of: url, keptIn: found.kept, api: target.address, project: target.project)
        } catch {
            throw Self.unusable(error.detail, hint: error.hint, "\(target.id)")
        }
        return try await pass(of: way, to: host, url)
    }

    /// Registers a webhook with a token that was given, or with what is kept.
    func register(_ order: WebhookOrder) async throws(HostAPIError) -> RegisteredHook {
        try await asking(order.way, order.host, order.repository, order.token) { place throws(HostAPIError) in
            try await registrar.register(order.hook, knownBy: order.traces, at: place, of: order.host)
        }
    }

    /// Takes webhooks away, with a token that was given, or with what is kept.
    func unregister(_ removal: WebhookRemoval) async throws(HostAPIError) -> RemovedHooks {
        try await asking(removal.way, removal.host, removal.repository, removal.token) { place throws(HostAPIError) in
            try await registrar.unregister(knownBy: removal.traces, at: place, of: removal.host)
        }
    }

    /// Asks a host's API with a token that was given, or with what is kept.
    ///
    /// A token of an App that the host does not take may have been revoked, so another one is tried once.
    private func asking<Value>(
        _ way: HostWay, _ host: GitHost, _ url: String, _ token: Secret?,
        _ ask: (HostPlace) async throws(HostAPIError) -> Value
    ) async throws(HostAPIError) -> Value {
        func place(_ pass: HostPass) -> HostPlace {
            HostPlace(api: way.api, project: way.project, token: pass.token, proxy: pass.proxy)
        }
        if let token {
            return try await ask(place(HostPass(token, proxy: try await proxy(for: url))))
        }
        let pass = try await pass(of: way, to: host, url)
        do throws(HostAPIError) {
            return try await ask(place(pass))
        } catch {
            guard error.code == .unauthorized, let renew = pass.renew else { throw error }
            renew()
        }
        return try await ask(place(try await self.pass(of: way, to: host, url)))
    }

    /// The token of the credential that a way names.
    private func pass(of way: HostWay, to host: GitHost, _ url: String) async throws(HostAPIError) -> HostPass {
        let all = try await openedForWeb(url, [.password, .gitHubApp, .proxy])
        let proxy = Self.proxy(in: all)
        guard let opened = all.first(where: { $0.stored.id == way.credential?.id }) else {
            throw Self.unusable(
                "the credential that was kept for it is gone", hint: "keep one with 'ocuroot auth add'",
                RepoURL.withoutPassword(url))
        }
        guard opened.form.kind == .gitHubApp else {
            return HostPass(HostWay.token(of: opened.form, for: host), proxy: proxy)
        }
        let secret = try await token(of: opened, for: way.project, isNarrow: false, through: proxy)
        return HostPass(secret, proxy: proxy) { [tokens] in tokens.drop(secret) }
    }

    /// The proxy that is kept for a repository's host; nothing else is opened for it.
    private func proxy(for url: String) async throws(HostAPIError) -> Secret? {
        Self.proxy(in: try await openedForWeb(url, [.proxy]))
    }

    /// The proxy among credentials, as a URL with user and password.
    private static func proxy(in opened: [OpenedCredential]) -> Secret? {
        guard let form = opened.first(where: { $0.form.kind == .proxy })?.form, let url = form.proxy,
            let colons = url.firstRange(of: "://")
        else { return nil }
        guard let user = form.user else { return Secret(url) }
        let who = [user, form.secret ?? ""].map(PercentEncoding.encode).joined(separator: ":")
        return Secret(url[..<colons.upperBound] + who + "@" + url[colons.upperBound...])
    }

    private func token(
        of opened: OpenedCredential, for project: String?, isNarrow: Bool, through proxy: Secret?
    ) async throws(HostAPIError) -> Secret {
        let stored = opened.stored
        guard let app = GitHubApp(opened.form, prefix: stored.prefix) else {
            throw Self.unusable("its API cannot be told", hint: "keep it again, with --api", stored.prefix)
        }
        let revision = "\(stored.id) of \(JSONText.time(stored.updatedAt))"
        return try await tokens.token(of: app, revision: revision, for: project, isNarrow: isNarrow, through: proxy)
    }

    /// What is kept for a repository's URL in a browser, where the API of its host is.
    private func openedForWeb(
        _ url: String, _ kinds: Set<CredentialKind>
    ) async throws(HostAPIError) -> [OpenedCredential] {
        try await opened(for: RemotePlace(url)?.web.description ?? url, kinds)
    }

    private func opened(
        for url: String, _ kinds: Set<CredentialKind> = Set(CredentialKind.allCases)
    ) async throws(HostAPIError) -> [OpenedCredential] {
        try await fromStore(RepoURL.withoutPassword(url)) { () throws(StoreError) in
            try await store.openCredentials(for: url, of: kinds)
        }
    }

    /// Reads in the Store, whose errors are ours then.
    private func fromStore<Value>(
        _ subject: String, _ read: () async throws(StoreError) -> Value
    ) async throws(HostAPIError) -> Value {
        do throws(StoreError) {
            return try await read()
        } catch {
            if error.code == .noMasterKey || error.code == .corrupted {
                throw Self.unusable(
                    error.reason, hint: "give the server its master key, or keep the credential again", subject)
            }
            throw HostAPIError(
                error.code == .cancelled ? .cancelled : .unavailable, operation: Self.operation, subject: subject,
                cause: error.reason)
        }
    }

    private static let operation = "read the credentials for"

    private static func unusable(_ cause: String, hint: String, _ subject: String) -> HostAPIError {
        HostAPIError(.unusable, operation: operation, subject: subject, cause: cause, hint: hint)
    }
}
