import Foundation
import GitHosts
import Hummingbird
import Model
import Store

/// Registering webhooks at git hosts.
extension Endpoints {
    /// All of a registration takes no longer: it is a few requests, of which each is bounded, too.
    static let registeringMax = Duration.seconds(25)
    private static let tokenBytesMax = 4096
    private static let secretsMax = 3

    /// Registers the webhook of a repo that is watched, with the secret that it has, or its first one.
    func registerWebhook(_ call: Call) async throws -> Response {
        let request = try call.json(WebhookRegisterRequest.self)
        let repo = try await repo(request.repo)
        let present = try await store.webhookSecrets(of: repo.id)
        let host = request.host ?? Self.host(present?.host, of: repo.url)
        let way = try await wayToRegister(request.register, at: host, of: repo.url)
        let kept = present?.host == host ? present?.secrets.first : nil
        let secret: Secret =
            if let kept { kept } else { try await newSecret(of: repo.id, host, formerFor: .seconds(86_400)) }
        let registration = await register(repo, host, way, request.register, secret: secret)
        return try .json(
            WebhookRegisterReply(
                repo: repo.id, host: host, url: webhooks.address.webhook(of: repo.id, host: host),
                secret: kept == nil ? secret : nil, registration: registration))
    }

    /// Gives a repo another secret, or its first one, that is taken at once.
    func newSecret(of repo: RepoID, _ host: GitHost, formerFor former: Duration) async throws -> Secret {
        let secret = try host.makeWebhookSecret()
        let address = webhooks.address.webhook(of: repo, host: host)
        try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.setWebhook(of: repo, host: host, secret: secret, address: address, formerFor: former)
        }
        webhooks.book.forget(repo)
        return secret
    }

    /// The way on which a webhook is registered.
    ///
    /// - Throws: a ``Problem`` for what could never work, before anything is made; a host elsewhere cannot reach an
    ///   address of this machine's own.
    func wayToRegister(_ request: RegistrationRequest, at host: GitHost, of url: String) async throws -> HostWay {
        let way = try await way(request, to: host, of: url)
        let address = webhooks.address.webhook(of: RepoID(rawValue: 1), host: host)
        guard let unreachable = UnreachableAddress(address, of: host, at: way.api) else { return way }
        throw Problem(
            status: 422, code: "unreachable_address", detail: unreachable.detail,
            hint: "\(unreachable.hint); without registering, pushes are found by polling")
    }

    /// The way to the host's API that a request asks for.
    ///
    /// - Throws: a ``Problem`` for what could never work, before anything is made.
    func way(_ request: RegistrationRequest, to host: GitHost, of url: String) async throws -> HostWay {
        guard host.registersWebhooks else {
            throw Problem(
                status: 422, code: "not_offered",
                detail: "webhooks cannot be registered, or taken away, over an API of \(host.rawValue)",
                hint: "that works with \(GitHost.registering.map(\.rawValue).joined(separator: ", ")), which --host "
                    + "names where the URL does not tell; without a token, what to enter by hand is printed")
        }
        guard store.canKeepSecrets else {
            throw Problem(
                status: 503, code: "no_master_key", detail: "the server has no master key, so it can make no webhook",
                hint: "whoever runs the server gives it the key, in OCUROOT_MASTER_KEY or with --master-key-file")
        }
        if let token = request.token {
            guard (1...Self.tokenBytesMax).contains(token.utf8.count),
                token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else {
                throw Problem.invalid(
                    "'token' must have 1 to \(Self.tokenBytesMax) visible ASCII characters",
                    hint: "give the token alone, on one line")
            }
        }
        return try await way(
            to: host, of: url, api: request.api, project: request.project, isTokenGiven: request.token != nil)
    }

    /// The way to a host's API, of a token that is given or of what is kept.
    func way(
        to host: GitHost, of url: String, api: String?, project: String?, isTokenGiven: Bool
    ) async throws -> HostWay {
        let kept = isTokenGiven ? [] : try await store.credentials()
        do throws(HostWay.Obstacle) {
            return isTokenGiven
                ? try HostWay(to: host, of: url, api: api, project: project)
                : try HostWay(to: host, of: url, keptIn: kept, api: api, project: project)
        } catch {
            throw Problem.invalid(error.detail, hint: error.hint)
        }
    }

    /// Registers a webhook, within bounds; a repo is there whatever comes of it.
    func register(
        _ repo: Repo, _ host: GitHost, _ way: HostWay, _ request: RegistrationRequest, secret: Secret
    ) async -> WebhookRegistration {
        let hook = HookSettings(url: webhooks.address.webhook(of: repo.id, host: host), secret: secret)
        let order = WebhookOrder(
            repository: repo.url, host: host, way: way, token: request.token.map { Secret($0) }, hook: hook)
        do {
            return try await Deadline.run(within: Self.registeringMax) { try await register(order, of: repo.id) }
        } catch let error as StoreError {
            return .failed(
                "whether the host has its newest secret is not known: \(error.reason)",
                hint: "'ocuroot webhook register' tries again", api: way.api)
        } catch {
            return .failed(
                "the host did not answer within \(Self.registeringMax)",
                hint: "try again later with 'ocuroot webhook register'", api: way.api)
        }
    }

    /// Registers a webhook, and again when somebody gave it another secret meanwhile: whoever tells the host last would
    /// else have it sign with one that is not taken for long.
    private func register(_ order: WebhookOrder, of repo: RepoID) async throws -> WebhookRegistration {
        var order = order
        let (address, api) = (order.hook.url, order.way.api)
        try await store.transaction(as: "api") { tx throws(StoreError) in
            try await tx.noteWebhookAddresses([repo: address])
        }
        order.traces = try await traces(of: repo, order.host, at: api)
        for _ in 0..<Self.secretsMax {
            let registration = await doors.register(order)
            // What was cut off says so itself; how long it took is told by whoever cut it off.
            if !registration.isRegistered { try Task.checkCancellation() }
            if registration.isRegistered, let id = registration.id {
                try await store.transaction(as: "api") { tx throws(StoreError) in
                    try await tx.noteRegisteredWebhook(of: repo, at: api, as: id)
                }
            }
            guard registration.isRegistered, let now = try await store.webhookSecrets(of: repo) else {
                return registration
            }
            guard now.isWatched else { return await withdraw(registration, order) }
            guard now.host == order.host, let secret = now.secrets.first, secret != order.hook.secret else {
                return registration
            }
            order.hook.secret = secret
        }
        return .failed(
            "its secret was changed \(Self.secretsMax) times meanwhile", hint: "'ocuroot webhook register' tries again",
            api: order.way.api)
    }

    /// Takes a webhook away again whose repo was removed while the host was told of it: who removed it may have found
    /// none there yet.
    private func withdraw(_ registration: WebhookRegistration, _ order: WebhookOrder) async -> WebhookRegistration {
        var own = HookTrace(address: order.hook.url)
        own.id = registration.id
        let end = await doors.unregister(
            WebhookRemoval(
                repository: order.repository, host: order.host, way: order.way, token: order.token, traces: [own]))
        let name = registration.id.map { "webhook \($0)" } ?? "webhook"
        return .failed(
            end.isUnregistered
                ? "the repository was removed meanwhile, and its webhook with it"
                : "the repository was removed meanwhile, and its \(name) is there still: \(end.problem ?? "")",
            hint: end.isUnregistered ? "'ocuroot repo add' watches it again" : "delete it at the host by hand",
            status: end.status, api: order.way.api)
    }

    /// By what the webhooks of a repo are known at its host, also those of the same repository when it was watched before.
    func traces(of repo: RepoID, _ host: GitHost, at api: String) async throws -> [HookTrace] {
        try await store.webhookTrails(of: repo).map { trail in
            let isOwn = trail.repo == repo
            return HookTrace(
                address: webhooks.address.webhook(of: trail.repo, host: isOwn ? host : trail.host),
                formerAddresses: trail.addresses, id: trail.api == api ? trail.id : nil,
                hasUnknownAddresses: isOwn && !trail.hasAllAddresses)
        }
    }

    /// What hosts a repo: what its webhook was made for, unless that could be anything.
    static func host(_ present: GitHost?, of url: String) -> GitHost {
        if let present, present != .generic { return present }
        return GitHost.told(by: url) ?? .generic
    }
}
