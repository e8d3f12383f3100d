import Cryptography
import Foundation
import GitHosts
import HTTPTypes
import Logging
import Model
import NIOCore
import Store

/// What becomes of a delivery: limits, then the signature, then the inbox.
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
    /// The longest body that is read.
    let bodyBytesMax: Int
    /// From a delivery's first line to its answer.
    let timeout: Duration
    let date = DateHeader()
    let logger: Logger

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
        bodyBytesMax = limits.webhookBytesMax
        timeout = limits.webhookTimeout
        proxies = Set(configuration.trustedProxies)
        let burst = limits.webhooksPerSecond * Self.burstSeconds
        sources = RateLimit(
            perSecond: limits.webhooksPerSecond, burst: burst, keysMax: limits.webhookSourcesMax)
        webhooks = RateLimit(perSecond: limits.webhooksPerSecond, burst: burst, keysMax: Self.webhooksMax)
        decoys = [try GitHost.generic.makeWebhookSecret(), try GitHost.generic.makeWebhookSecret()]
    }

    /// Who sent a request.
    func source(peer: SocketAddress?, forwarded: String?) -> SourceAddress {
        SourceAddress(peer: peer, forwarded: forwarded, proxies: proxies)
    }

    /// Turns away a source that sends too much, before anything more is read.
    func admit(_ source: SourceAddress) throws(Problem) {
        guard sources.take(source.network) else { throw Self.tooMany("this address sends too many deliveries") }
    }

    /// Checks a delivery that is whole, and keeps it; what it says is read only once it is known to be signed.
    ///
    /// Whether there is no such webhook or the signature is wrong is not told, by neither the answer nor the time it
    /// takes.
    ///
    /// - Returns: what to answer, once the delivery is durable; an ``UnauthorizedError`` when it is not believed, a
    ///   ``Problem`` when it is but comes too often, or is for a repo that is not watched any more; what the Store
    ///   throws.
    func take(_ arrival: WebhookArrival, on loop: any EventLoop) -> EventLoopFuture<WebhookReply> {
        let request = arrival.request
        // Asked before what is remembered is used, which another thread may renew meanwhile.
        let isFresh = arrival.repo.map { book.remembered($0, afterRefusal: true) != nil } ?? true
        do {
            guard let known = arrival.repo.map({ book.remembered($0) }) ?? .some(nil) else {
                return loop.makeFutureWithTask { [self] in
                    let known = try await secrets(of: arrival.repo)
                    return try await checked(
                        request, arrival, known, try self.refusal(of: request, arrival.host, known, at: Date()))
                }.flatMap { keep(request, arrival, of: $0, on: loop) }
            }
            let refusal = try self.refusal(of: request, arrival.host, known, at: Date())
            if refusal == nil || isFresh {
                return keep(request, arrival, of: try admitted(arrival, known, refusal), on: loop)
            }
            return loop.makeFutureWithTask { [self] in try await checked(request, arrival, known, refusal) }
                .flatMap { keep(request, arrival, of: $0, on: loop) }
        } catch {
            return loop.makeFailedFuture(error)
        }
    }

    /// Looks again for the webhook that has just refused a delivery, since its secret may be a new one.
    private func checked(
        _ request: WebhookRequest, _ arrival: WebhookArrival, _ known: WebhookSecrets?, _ refusal: WebhookRefusal?
    ) async throws -> RepoID {
        var (found, refusal) = (known, refusal)
        if refusal != nil, let anew = try await secrets(of: arrival.repo, afterRefusal: true),
            anew.host != found?.host || anew.secrets != found?.secrets
        {
            found = anew
            refusal = try self.refusal(of: request, arrival.host, anew, at: Date())
        }
        return try admitted(arrival, found, refusal)
    }

    /// Turns away what is not believed, and what is and yet not to be kept.
    private func admitted(
        _ arrival: WebhookArrival, _ known: WebhookSecrets?, _ refusal: WebhookRefusal?
    ) throws -> RepoID {
        guard let repo = arrival.repo, let known, refusal == nil else {
            if let repo = arrival.repo, known != nil, let refusal { tally.add(refusal, to: repo) }
            throw UnauthorizedError.webhook(arrival.host)
        }
        guard known.isWatched else { throw Problem.notFound("watched repository behind this webhook any more") }
        guard webhooks.take(repo) else { throw Self.tooMany("this webhook gets too many deliveries") }
        return repo
    }

    private func keep(
        _ request: WebhookRequest, _ arrival: WebhookArrival, of repo: RepoID, on loop: any EventLoop
    ) -> EventLoopFuture<WebhookReply> {
        let hint = arrival.host.hint(in: request)
        do {
            let delivery = NewWebhookDelivery(
                repo: repo, host: arrival.host, deliveryID: try hint.deliveryID ?? Self.name(for: request.body),
                source: arrival.source.text, kind: hint.kind, event: hint.event, refs: hint.refs,
                refsLeftOut: hint.refsLeftOut, pusher: hint.pusher, problem: hint.problem, body: request.body)
            return inbox.accept(delivery, on: loop).map { id in
                WebhookReply(state: id == nil ? .duplicate : .accepted, delivery: id, kind: delivery.kind)
            }
        } catch {
            return loop.makeFailedFuture(error)
        }
    }

    /// A name for a delivery that its host gave none: the same only for the same bytes within a minute, so that a ref
    /// which goes to and fro is never taken for a repetition.
    private static func name(for body: [UInt8]) throws(CryptographyError) -> String {
        let minute = Int(Date().timeIntervalSince1970) / 60
        return "unnamed-\(try SHA256.digest(of: body).hex.prefix(32))-\(minute)"
    }

    /// What a delivery is held against; why it cannot be read is told to nobody who has proven nothing yet.
    private func secrets(of repo: RepoID?, afterRefusal: Bool = false) async throws -> WebhookSecrets? {
        guard let repo else { return nil }
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

    /// 404 for an address that names a host of a kind that there is not.
    static var unknownHost: Problem {
        .notFound(
            "git host of that name",
            hint: "known are: \(GitHost.allCases.map(\.rawValue).joined(separator: ", "))")
    }

    /// 503 while others send as much as may be in memory at once.
    static var tooManyBodies: Problem {
        Problem(
            status: 503, code: "busy", detail: "too many bodies are being read right now",
            hint: "send it again in a moment")
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
