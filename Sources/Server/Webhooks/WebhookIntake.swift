import Cryptography
import Foundation
import GitHosts
import HTTPTypes
import Hummingbird
import Logging
import Model
import Store

/// What stands between a delivery and the inbox: limits, then the signature.
struct WebhookIntake: Sendable {
    /// How many webhooks' rates are kept track of.
    private static let webhooksMax = 10_000
    /// How many times the rate may come at once.
    private static let burstSeconds = 5.0

    let inbox: WebhookInbox
    let tally: WebhookTally
    let book: WebhookBook
    let address: PublicAddress
    let send: WebhookSend
    /// Bounds what bodies take in memory before anybody knows whether they are signed.
    let budget: ByteBudget

    private let logger: Logger
    private let proxies: Set<String>
    private let sources: RateLimit<String>
    private let webhooks: RateLimit<RepoID>
    /// Unknown webhooks are held against these, and known ones against as many, so that all take as long to refuse.
    private let decoys: [Secret]

    /// Makes an intake.
    ///
    /// - Throws: when OpenSSL fails.
    init(
        _ configuration: WebServer.Configuration, store: StateStore, send: @escaping WebhookSend, logger: Logger
    ) throws(CryptographyError) {
        let limits = configuration.limits
        inbox = WebhookInbox(store: store, waitingMax: limits.webhooksWaitingMax)
        tally = WebhookTally(store: store, logger: logger)
        book = WebhookBook(store: store)
        address = PublicAddress(configuration)
        self.send = send
        self.logger = logger
        budget = ByteBudget(limits.webhookBuffersBytesMax)
        proxies = Set(configuration.trustedProxies)
        let burst = limits.webhooksPerSecond * Self.burstSeconds
        sources = RateLimit(
            perSecond: limits.webhooksPerSecond, burst: burst, keysMax: limits.webhookSourcesMax)
        webhooks = RateLimit(perSecond: limits.webhooksPerSecond, burst: burst, keysMax: Self.webhooksMax)
        decoys = [try GitHost.generic.makeWebhookSecret(), try GitHost.generic.makeWebhookSecret()]
    }

    /// Who sent a request.
    func source(of request: Request, context: APIContext) -> SourceAddress {
        SourceAddress(
            peer: context.peer, forwarded: request.headers[.xForwardedFor], proxies: proxies)
    }

    /// Turns away a source that sends too much, before its body is read; says which network it is otherwise.
    func admit(_ request: Request, _ context: APIContext) throws(Problem) -> String {
        let network = source(of: request, context: context).network
        guard sources.take(network) else { throw Self.tooMany("this address sends too many deliveries") }
        return network
    }

    /// Finds the webhook that a delivery was signed for.
    ///
    /// Whether there is none or the signature is wrong is not told, by neither the answer nor the time it takes.
    ///
    /// - Throws: an ``UnauthorizedError``; a ``Problem`` when it was signed but comes too often, or is for a repo that
    ///   is not watched any more.
    func checked(_ request: WebhookRequest, _ host: GitHost, _ repo: RepoID?) async throws -> RepoID {
        let now = Date()
        var found: WebhookSecrets?
        if let repo { found = try await secrets(of: repo) }
        var refusal = try self.refusal(of: request, host, found, at: now)
        if refusal != nil, let repo, let anew = try await secrets(of: repo, afterRefusal: true),
            anew.host != found?.host || anew.secrets != found?.secrets
        {
            found = anew
            refusal = try self.refusal(of: request, host, anew, at: now)
        }
        guard let repo, let found, refusal == nil else {
            if let repo, found != nil, let refusal { tally.add(refusal, to: repo) }
            throw UnauthorizedError.webhook(host)
        }
        guard found.isWatched else { throw Problem.notFound("watched repository behind this webhook any more") }
        guard webhooks.take(repo) else { throw Self.tooMany("this webhook gets too many deliveries") }
        return repo
    }

    /// What a delivery is held against; why it cannot be read is told to nobody who has proven nothing yet.
    private func secrets(of repo: RepoID, afterRefusal: Bool = false) async throws -> WebhookSecrets? {
        do throws(StoreError) {
            return try await book.secrets(of: repo, afterRefusal: afterRefusal)
        } catch {
            guard error.code == .noMasterKey || error.code == .corrupted else { throw error }
            logger.error("a webhook's secret cannot be read", metadata: ["repo": "\(repo)", "reason": "\(error)"])
            throw Problem(
                status: 503, code: "busy", detail: "deliveries cannot be checked right now",
                hint: "send it again in a moment")
        }
    }

    /// Why a delivery is not to be believed; never nil where there is no such webhook.
    private func refusal(
        of request: WebhookRequest, _ host: GitHost, _ known: WebhookSecrets?, at now: Date
    ) throws(CryptographyError) -> WebhookRefusal? {
        guard let known, known.host == host else {
            return try host.refusal(of: request, secrets: decoys, at: now) ?? .wrong
        }
        let secrets = known.secrets + decoys.dropFirst(known.secrets.count)
        return try host.refusal(of: request, secrets: secrets, at: now)
    }

    private static func tooMany(_ detail: String) -> Problem {
        Problem(
            status: 429, code: "too_many_deliveries", detail: detail,
            hint: "what was pushed is found by polling; see --webhook-rate")
    }
}

extension HTTPField.Name {
    /// What proxies say of whom they speak for.
    static let xForwardedFor = HTTPField.Name("X-Forwarded-For") ?? .cacheControl
}
