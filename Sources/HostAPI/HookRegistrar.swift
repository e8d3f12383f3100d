import GitHosts
import Model

/// Registers webhooks at git hosts.
public struct HookRegistrar: Sendable {
    /// So many pages of a repository's webhooks are looked through: more than any host allows it.
    private static let pagesMax = 10
    /// So many webhooks with our address are given the settings: there is one unless somebody made more.
    private static let twinsMax = 5
    private static let operation = "register a webhook"

    private let exchange: HostExchange

    /// Makes a registrar.
    public init(exchange: HostExchange) {
        self.exchange = exchange
    }

    /// Sees to it that a repository has a webhook with an address, and that it has these settings.
    ///
    /// May run twice: one that has the address is changed, not doubled.
    public func register(
        _ hook: HookSettings, at place: HostPlace, of host: GitHost
    ) async throws(HostAPIError) -> RegisteredHook {
        do throws(HostAPIError) {
            return try await HookRegistrar(exchange: exchange.through(place.proxy)).registering(
                hook, at: place, of: host)
        } catch {
            throw Self.explained(error, host)
        }
    }

    private func registering(
        _ hook: HookSettings, at place: HostPlace, of host: GitHost
    ) async throws(HostAPIError) -> RegisteredHook {
        if let present = try await update(hook, at: place, host) { return present }
        guard let call = HookCall.create(hook, at: place, of: host) else { throw Self.unknown(host) }
        do throws(HostAPIError) {
            let answer = try await exchange.accepted(call, Self.operation, hiding: [place.token, hook.secret])
            guard let id = HookCall.id(in: answer.body) else { throw Self.garbled(call, "it names no webhook") }
            return RegisteredHook(id: id, isNew: true)
        } catch {
            // GitHub says so of one that is there: somebody else, or an attempt whose answer was lost, has made it.
            guard error.status == 422, let present = try await update(hook, at: place, host) else { throw error }
            return present
        }
    }

    /// Gives the settings to the webhooks that deliver to the address already; nil when there are none.
    private func update(
        _ hook: HookSettings, at place: HostPlace, _ host: GitHost
    ) async throws(HostAPIError) -> RegisteredHook? {
        let present = try await ids(of: hook, at: place, host)
        for id in present.prefix(Self.twinsMax) {
            guard let call = HookCall.update(id, to: hook, at: place, of: host) else { throw Self.unknown(host) }
            _ = try await exchange.accepted(call, Self.operation, hiding: [place.token, hook.secret])
        }
        return present.first.map { RegisteredHook(id: $0, isNew: false) }
    }

    /// The webhooks that deliver to the address already.
    private func ids(
        of hook: HookSettings, at place: HostPlace, _ host: GitHost
    ) async throws(HostAPIError) -> [String] {
        var ids: [String] = []
        for page in 1...Self.pagesMax {
            guard let call = HookCall.list(page: page, at: place, of: host) else { throw Self.unknown(host) }
            let answer = try await exchange.accepted(call, Self.operation, hiding: [place.token, hook.secret])
            guard let found = HookCall.ids(in: answer.body, deliveringTo: hook.url) else {
                throw Self.garbled(call, "it is no list of webhooks")
            }
            ids += found
            guard HookCall.hasMore(after: answer.body, link: answer.headers["link"]) else { return ids }
        }
        guard ids.isEmpty else { return ids }
        throw HostAPIError(
            .refused, operation: Self.operation, subject: place.project,
            cause: "it has more webhooks than the \(Self.pagesMax) pages that are looked through",
            hint: "remove some that are not needed any more")
    }

    private static func garbled(_ call: HostCall, _ cause: String) -> HostAPIError {
        HostAPIError(
            .garbled, operation: operation, subject: "\(call.method) \(call.url)",
            cause: "the answer is not what the host's documentation says: \(cause)",
            hint: "check that the API is at this address; --api names another")
    }

    private static func unknown(_ host: GitHost) -> HostAPIError {
        HostAPIError(
            .unusable, operation: operation, subject: host.rawValue, cause: "it has no API for that",
            hint: "enter it by hand")
    }

    /// The error with what there is to do about it.
    private static func explained(_ error: HostAPIError, _ host: GitHost) -> HostAPIError {
        guard error.hint == nil, let right = host.registeringRight else { return error }
        var error = error
        error.hint =
            switch error.status {
            case _ where error.isTransient: "try again later with 'ocuroot webhook register'"
            case 401: "the token is wrong, has expired or was revoked; it needs \(right)"
            case 403, 404: "the token needs \(right)"
            case 422: "the host must be able to reach the address: see the server's --public-url"
            default: nil
            }
        return error
    }
}
