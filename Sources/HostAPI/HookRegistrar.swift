import GitHosts
import Model

/// Registers webhooks at git hosts, and takes them away there.
public struct HookRegistrar: Sendable {
    /// So many pages of a repository's webhooks are looked through: more than any host allows it.
    private static let pagesMax = 10
    /// So many webhooks with our address are given the settings: there is one unless somebody made more.
    private static let twinsMax = 5
    /// So many webhooks of ours are taken away.
    private static let removedMax = 20

    private let exchange: HostExchange
    /// What is being done.
    private var operation = "register a webhook"

    /// Makes a registrar.
    public init(exchange: HostExchange) {
        self.exchange = exchange
    }

    /// Sees to it that a repository has a webhook with an address, and that it has these settings.
    ///
    /// May run twice: one that is ours is changed, also when it has a former address, not doubled.
    ///
    /// - Parameter traces: by what ours are known again; one with the address of the settings is.
    public func register(
        _ hook: HookSettings, knownBy traces: [HookTrace] = [], at place: HostPlace, of host: GitHost
    ) async throws(HostAPIError) -> RegisteredHook {
        do throws(HostAPIError) {
            return try await HookRegistrar(exchange: exchange.through(place.proxy)).registering(
                hook, [HookTrace(address: hook.url)] + traces, at: place, of: host)
        } catch {
            throw Self.explained(error, host)
        }
    }

    /// Takes away the webhooks of a repository that are ours.
    ///
    /// May run twice.
    /// - Parameter traces: by what they are known.
    public func unregister(
        knownBy traces: [HookTrace], at place: HostPlace, of host: GitHost
    ) async throws(HostAPIError) -> RemovedHooks {
        var registrar = HookRegistrar(exchange: exchange.through(place.proxy))
        registrar.operation = "remove a webhook"
        do throws(HostAPIError) {
            let listed = try await registrar.list(at: place, host, knownBy: traces, hiding: [place.token])
            let own = traces.own(among: listed).prefix(Self.removedMax)
            for hook in own { try await registrar.remove(hook.id, at: place, host) }
            let alike = traces.flatMap { $0.alike(among: listed) }.filter { !own.contains($0) }
            return RemovedHooks(ids: own.map(\.id), others: alike.prefix(Self.removedMax).map(\.shown))
        } catch {
            throw Self.explained(error, host, isRemoval: true)
        }
    }

    private func remove(_ id: String, at place: HostPlace, _ host: GitHost) async throws(HostAPIError) {
        guard let call = HookCall.remove(id, at: place, of: host) else { throw unknown(host) }
        do throws(HostAPIError) {
            _ = try await exchange.accepted(call, operation, hiding: [place.token])
        } catch {
            // Somebody else took it away since it was listed.
            guard error.status == 404 else { throw error }
        }
    }

    private func registering(
        _ hook: HookSettings, _ traces: [HookTrace], at place: HostPlace, of host: GitHost
    ) async throws(HostAPIError) -> RegisteredHook {
        if let present = try await update(hook, traces, at: place, host) { return present }
        guard let call = HookCall.create(hook, at: place, of: host) else { throw unknown(host) }
        do throws(HostAPIError) {
            let answer = try await exchange.accepted(call, operation, hiding: [place.token, hook.secret])
            guard let id = HookCall.id(in: answer.body) else { throw garbled(call, "it names no webhook") }
            return RegisteredHook(id: id, isNew: true)
        } catch {
            // GitHub says so of one that is there: somebody else, or an attempt whose answer was lost, has made it.
            guard error.status == 422, let present = try await update(hook, traces, at: place, host) else {
                throw error
            }
            return present
        }
    }

    /// Gives the settings to the webhooks that deliver to the address already, or to one of ours that delivers to a former
    /// one, and takes away the others of ours; nil when there are none.
    private func update(
        _ hook: HookSettings, _ traces: [HookTrace], at place: HostPlace, _ host: GitHost
    ) async throws(HostAPIError) -> RegisteredHook? {
        let listed = try await list(at: place, host, knownBy: traces, hiding: [place.token, hook.secret])
        let own = traces.own(among: listed)
        let present = HookTrace(address: hook.url).own(among: own)
        let staying = present.isEmpty ? Array(own.prefix(1)) : present
        for one in staying.prefix(Self.twinsMax) {
            guard let call = HookCall.update(one.id, to: hook, at: place, of: host) else { throw unknown(host) }
            _ = try await exchange.accepted(call, operation, hiding: [place.token, hook.secret])
        }
        for one in own.filter({ !staying.contains($0) }).prefix(Self.removedMax) {
            try await remove(one.id, at: place, host)
        }
        return staying.first.map { RegisteredHook(id: $0.id, isNew: false) }
    }

    /// The webhooks that the repository has.
    ///
    /// - Throws: `refused` when there are too many to be looked through, and none of them is known.
    private func list(
        at place: HostPlace, _ host: GitHost, knownBy traces: [HookTrace], hiding secrets: [Secret]
    ) async throws(HostAPIError) -> [ListedHook] {
        var hooks: [ListedHook] = []
        for page in 1...Self.pagesMax {
            guard let call = HookCall.list(page: page, at: place, of: host) else { throw unknown(host) }
            let answer = try await exchange.accepted(call, operation, hiding: secrets)
            guard let found = HookCall.hooks(in: answer.body) else {
                throw garbled(call, "it is no list of webhooks")
            }
            hooks += found
            guard HookCall.hasMore(after: answer.body, link: answer.headers["link"]) else { return hooks }
        }
        guard traces.own(among: hooks).isEmpty else { return hooks }
        throw HostAPIError(
            .refused, operation: operation, subject: place.project,
            cause: "it has more webhooks than the \(Self.pagesMax) pages that are looked through",
            hint: "remove some that are not needed any more")
    }

    private func garbled(_ call: HostCall, _ cause: String) -> HostAPIError {
        HostAPIError(
            .garbled, operation: operation, subject: "\(call.method) \(call.url)",
            cause: "the answer is not what the host's documentation says: \(cause)",
            hint: "check that the API is at this address; --api names another")
    }

    private func unknown(_ host: GitHost) -> HostAPIError {
        HostAPIError(
            .unusable, operation: operation, subject: host.rawValue, cause: "it has no API for that",
            hint: "enter it by hand")
    }

    /// The error with what there is to do about it.
    private static func explained(
        _ error: HostAPIError, _ host: GitHost, isRemoval: Bool = false
    ) -> HostAPIError {
        guard error.hint == nil, let right = host.registeringRight else { return error }
        var error = error
        error.hint =
            switch error.status {
            case _ where error.isTransient && isRemoval: nil
            case _ where error.isTransient: "try again later with 'ocuroot webhook register'"
            case 401: "the token is wrong, has expired or was revoked; it needs \(right)"
            case 403, 404: "the token needs \(right)"
            case 422: "the host must be able to reach the address: see the server's --public-url"
            default: nil
            }
        return error
    }
}

extension [HookTrace] {
    /// The webhooks that are ours by any of them, each once.
    fileprivate func own(among hooks: [ListedHook]) -> [ListedHook] {
        var seen: Set<String> = []
        return flatMap { $0.own(among: hooks) }.filter { seen.insert($0.id).inserted }
    }
}
