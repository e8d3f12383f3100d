import Foundation
import GitHosts
import Hummingbird
import Model
import Store

extension Endpoints {
    /// How many refs, or patterns of refs, a repo may have to deliver.
    private static let refsMax = 100

    var repoRoutes: [Route] {
        [
            Route(.get, "/api/v1/repos", .person, bodyBytesMax: 0) { [store] _ in
                try .json(RepoList(repos: try await store.repos().map(\.withoutPassword)))
            },
            Route(.post, "/api/v1/repos", .person, timeout: .seconds(70), addRepo),
            // A repo's name may hold slashes.
            Route(.delete, "/api/v1/repos/**", .person, timeout: .seconds(40), removeRepo),
            Route(.patch, "/api/v1/repos/**", .person, changeRepo),
            Route(.post, "/api/v1/repos/**/announce", .person, announce),
        ]
    }

    /// Watches a repository, after a look at its refs that tells a mistyped URL.
    private func addRepo(_ call: Call) async throws -> Response {
        let request = try call.json(RepoRequest.self)
        let url = try Self.checked(url: request.url)
        let refs = try Self.checked(request.refs ?? [])
        let preview = try request.preview.map(Self.checked)
        let host = request.host ?? GitHost.told(by: url) ?? .generic
        var way: HostWay?
        if let register = request.register {
            way = try await wayToRegister(register, at: host, of: RepoURL.splitCredentials(url)?.url ?? url)
        }
        if request.force != true { try await check(url) }
        let secret = store.canKeepSecrets ? try host.makeWebhookSecret() : nil
        let id = try await add(url, refs: refs, preview, host, secret)
        guard let repo = try await store.repo(id) else { throw Problem.notFound("repo \(id)") }
        let webhook = secret.map {
            WebhookSecretReply(repo: id, host: host, url: webhooks.address.webhook(of: id, host: host), secret: $0)
        }
        var reply = RepoReply(added: repo.withoutPassword, webhook: webhook)
        if let way, let register = request.register, let secret {
            reply.registration = await self.register(repo, host, way, register, secret: secret)
        }
        return try .json(reply, status: .created)
    }

    /// The URL of a request, without spaces around it; whether anything is there is not asked.
    static func checked(url: String) throws(Problem) -> String {
        let url = url.trimmingCharacters(in: .whitespaces)
        guard !url.isEmpty, url.utf8.count <= 2048, !url.utf8.contains(where: { $0 < 0x20 }) else {
            throw Problem.invalid("'url' must be the URL of a git repository")
        }
        return url
    }

    /// The refs of a request, each once.
    private static func checked(_ refs: [RefPattern]) throws(Problem) -> [RefPattern] {
        guard refs.count <= refsMax else {
            throw Problem(
                status: 422, code: "too_many_refs",
                detail: "'refs' names \(refs.count) refs or patterns, more than the \(refsMax) that a repo may have")
        }
        var seen: Set<RefPattern> = []
        for (position, ref) in refs.enumerated() {
            try refuse(ref.rawValue, as: "refs[\(position)]", RefNameRule.problem(with: ref))
        }
        return refs.filter { seen.insert($0).inserted }
    }

    /// The rule of previews of a request.
    private static func checked(_ rule: PreviewRule) throws(Problem) -> PreviewRule {
        let refs = try checked(rule.refs)
        guard !refs.isEmpty else { return PreviewRule(refs: []) }
        let checked = PreviewRule(refs: refs, environment: rule.environment, like: rule.like)
        guard let problem = checked.problem else { return checked }
        throw Problem(
            status: 422, code: "invalid_preview", detail: "'preview' cannot be kept: \(problem)",
            hint: "its refs are branches such as refs/heads/feature/*, its environment holds {branch}")
    }

    /// Refuses what git would refuse as a ref's name, before anything is stored.
    static func check(_ ref: RefName, as place: String) throws(Problem) {
        try refuse(ref.rawValue, as: place, RefNameRule.problem(with: ref))
    }

    private static func refuse(_ ref: String, as place: String, _ problem: String?) throws(Problem) {
        guard let problem else { return }
        let shown = ref.unicodeScalars.prefix(100).map { $0.escaped(asASCII: false) }.joined()
        throw Problem(
            status: 422, code: "invalid_ref", detail: "\(place): '\(shown)' cannot be the name of a ref: \(problem)",
            hint: "give a full name that git allows, such as refs/heads/main; see 'git help check-ref-format'")
    }

    /// What is a credential in the URL is kept as one, for a server that can keep secrets.
    private func add(
        _ url: String, refs: [RefPattern], _ preview: PreviewRule?, _ host: GitHost, _ secret: Secret?
    ) async throws -> RepoID {
        let split = store.canKeepSecrets ? RepoURL.splitCredentials(url) : nil
        let place = split.flatMap { $0.credential.problem == nil ? RemotePlace($0.url) : nil }
        return try await Problem.replacingConflicts {
            Problem(
                status: 409, code: "already_watched", detail: $0.reason,
                hint: "'ocuroot repo list' shows what is watched, 'ocuroot webhook register' registers its webhook")
        } of: {
            try await store.transaction(as: "api") { tx throws(StoreError) in
                let id = try await tx.addRepo(url: place == nil ? url : split?.url ?? url, refs: refs)
                if let preview, !preview.refs.isEmpty { try await tx.setPreviews(id, preview) }
                if let split, let place {
                    _ = try await tx.putCredential(split.credential, for: place, facts: split.credential.facts)
                }
                if let secret {
                    let address = webhooks.address.webhook(of: id, host: host)
                    try await tx.setWebhook(of: id, host: host, secret: secret, address: address, formerFor: .zero)
                }
                return id
            }
        }
    }

    /// Changes which refs are delivered and which have previews, and has them looked at.
    private func changeRepo(_ call: Call) async throws -> Response {
        let request = try call.json(RepoChangeRequest.self)
        let (refs, preview) = (try request.refs.map(Self.checked), try request.preview.map(Self.checked))
        guard refs != nil || preview != nil else { throw Problem.invalid("neither 'refs' nor 'preview' is given") }
        let id = try await repo(try call.repoName()).id
        try await store.transaction(as: "api") { tx throws(StoreError) in
            if let refs { try await tx.setRefs(id, refs) }
            if let preview { try await tx.setPreviews(id, preview.refs.isEmpty ? nil : preview) }
        }
        guard let repo = try await store.repo(id) else { throw Problem.notFound("repo \(id)") }
        return try .json(repo.withoutPassword)
    }

    private func check(_ url: String) async throws {
        do {
            try await Deadline.run(within: .seconds(30)) { try await probe(url) }
        } catch {
            throw Problem(
                status: 422, code: "repo_unreachable",
                detail: "\(RepoURL.withoutPassword(url)) cannot be read: \(error)",
                hint: "check the URL and what this server may read; --force adds it all the same")
        }
    }

    /// Stops watching; `mode` says what becomes of what is deployed, the body what becomes of the webhook at its host.
    private func removeRepo(_ call: Call) async throws -> Response {
        let name = call.query("mode") ?? RepoRemoval.refuse.rawValue
        guard let mode = RepoRemoval(rawValue: name) else {
            throw Problem.invalid("'mode' cannot be '\(name)'", hint: "it is refuse, destroy or orphan")
        }
        let request = call.body.readableBytes > 0 ? try call.json(RepoRemovalRequest.self) : nil
        let repo = try await removable(try call.repoName(), mode)
        let remains = try await remains(of: repo, request?.unregister)
        try await Problem.replacingConflicts {
            Problem(
                status: 409, code: "still_deployed", detail: $0.sentence,
                hint: "mode=destroy destroys what is deployed, mode=orphan leaves it as it is")
        } of: {
            try await store.transaction(as: "api") { tx throws(StoreError) in
                try await tx.removeRepo(repo, mode: mode)
            }
        }
        guard request != nil else { return Response(status: .noContent) }
        var reply = RepoRemovalReply(webhook: remains.webhook)
        if let removal = remains.removal { reply.unregistration = await unregister(removal) }
        return try .json(reply)
    }

    /// The repo that a person means; one that was removed before is known by its id, and may still be orphaned.
    private func removable(_ name: String, _ mode: RepoRemoval) async throws -> RepoID {
        if mode == .orphan, let id = RepoID(name) { return id }
        return try await repo(name).id
    }

    /// Takes the hint that a ref moved: the refs are read at once.
    private func announce(_ call: Call) async throws -> Response {
        if call.body.readableBytes > 0, let ref = try call.json(AnnounceRequest.self).ref {
            try Self.check(ref, as: "ref")
        }
        let repo = try await repo(try call.repoName(before: "/announce"))
        try await store.transaction(as: "api") { tx throws(StoreError) in try await tx.announcePush(repo.id) }
        return Response(status: .accepted)
    }
}

extension Call {
    /// What the path says between `/api/v1/repos/` and what is done: an id or a name, its slashes plain or encoded.
    fileprivate func repoName(before suffix: String = "") throws -> String {
        let text = request.uri.path.dropFirst("/api/v1/repos/".count).dropLast(suffix.count)
        guard let name = text.removingPercentEncoding else {
            throw Problem.invalid("'\(text)' is not percent-encoded UTF-8")
        }
        return name
    }
}
