import Hummingbird
import Model
import Store

extension Endpoints {
    var statusRoutes: [Route] {
        [
            Route(.get, "/api/v1/status", .person, bodyBytesMax: 0, status),
            Route(.get, "/api/v1/settlement", .person, bodyBytesMax: 0, timeout: .seconds(120), settlement),
            Route(.post, "/api/v1/refresh", .person, timeout: .seconds(60)) { call in
                let request = call.body.readableBytes == 0 ? RefreshRequest() : try call.json(RefreshRequest.self)
                let patience = try call.query("wait") == nil ? limits.refreshTimeout : call.wait()
                return try .json(try await refresh(request.repo, within: patience))
            },
        ]
    }

    /// What runs where; with `details`, what else a person wants to know of it.
    private func status(_ call: Call) async throws -> Response {
        let filter = call.statusFilter
        let report = try await store.status(filter)
        if report.packages.isEmpty { try await checkKnown(filter) }
        guard try call.query("details", as: Bool.self) == true else { return try .json(report) }
        // What nobody could be told is not well, but no failure of a delivery.
        let untold = filter == StatusFilter() ? try await store.deadNotices() : []
        return try .json(
            StatusDetails(
                report: report, failures: try await store.failures(filter, in: report) + untold,
                patchedBuilds: try await store.patchedBuilds(in: report)))
    }

    /// Refuses a filter that names what was never here: a misspelt name must not look like nothing to do.
    func checkKnown(_ filter: PlacementFilter) async throws {
        guard let unknown = try await store.unknownName(in: filter) else { return }
        let shown = unknown.kind == .repo ? RepoURL.withoutPassword(unknown.name) : unknown.name
        let hint =
            unknown.known.isEmpty
            ? "none was delivered yet; 'ocuroot repo list' shows what is watched"
            : "there \(unknown.known.count == 1 ? "is" : "are") \(unknown.known.joined(separator: ", "))"
        let more = unknown.known.count == UnknownName.knownMax ? ", …" : ""
        throw Problem.notFound("\(unknown.kind.rawValue) '\(shown)'", hint: hint + more)
    }

    /// Answers when nothing is left to do, or with what is left when the caller has waited enough.
    private func settlement(_ call: Call) async throws -> Response {
        let filter = call.statusFilter
        let patience = try call.wait()
        if try call.query("refresh", as: Bool.self) == true {
            _ = try await refresh(filter.repo, within: limits.refreshTimeout)
        }
        let settlement = try await longPoll.run(for: patience) {
            $0.isSettled
        } look: {
            try await store.settlement(filter)
        }
        if settlement.isSettled, settlement.failures.isEmpty { try await checkKnown(filter) }
        return try .json(settlement)
    }

    /// Has the refs of all repos, or of one, looked at, and waits until a look has ended that began after this call.
    private func refresh(_ name: String?, within patience: Duration) async throws -> RefreshReply {
        let start = try await store.now()
        let clock = ContinuousClock()
        let end = clock.now + min(patience, limits.refreshTimeout)
        if let name { try await waitForName(name, until: end) }
        let chosen = try await watched(name).map(\.id)
        try await store.enqueue(.source, keys: chosen.map(\.description))
        var pause = Duration.milliseconds(5)
        while true {
            let repos = try await store.repos().filter { chosen.contains($0.id) }
            let isDone = repos.allSatisfy { ($0.lookedAt ?? .distantPast) >= start }
            if isDone || clock.now >= end {
                return RefreshReply(
                    repos: repos.map { repo in
                        let isLate = (repo.lookedAt ?? .distantPast) < start
                        return .init(
                            repo: repo.displayName, error: isLate ? "its refs were not looked at in time" : repo.error)
                    }.sorted { $0.repo < $1.repo })
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    /// Waits until there is a repo of a name, while one was just added and has not said yet what it is called.
    private func waitForName(_ name: String, until end: ContinuousClock.Instant) async throws {
        var pause = Duration.milliseconds(5)
        while try await known(name) == nil, ContinuousClock.now < end {
            guard try await store.repos().contains(where: { $0.name == nil && $0.error == nil }) else { return }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(100))
        }
    }

    /// One repo by id, name or URL, or all of them.
    private func watched(_ name: String?) async throws -> [Repo] {
        guard let name else { return try await store.repos() }
        return [try await repo(name)]
    }

    /// A repo by id, name or URL; the URL may be as it is shown, or as it was given with a password that moved.
    ///
    /// - Throws: a ``Problem`` that says which there are.
    func repo(_ name: String) async throws -> Repo {
        if let repo = try await known(name) { return repo }
        let names = try await store.repos().prefix(20).map(\.displayName.rawValue)
        throw Problem.notFound(
            "repo '\(RepoURL.withoutPassword(name))'",
            hint: names.isEmpty
                ? "no repo is watched; add one with 'ocuroot repo add URL'"
                : "watched are: \(names.joined(separator: ", "))")
    }

    private func known(_ name: String) async throws -> Repo? {
        if let repo = try await store.repo(matching: name) { return repo }
        let (shown, bare) = (RepoURL.withoutPassword(name), RepoURL.splitCredentials(name)?.url)
        let alike = try await store.repos().filter { RepoURL.withoutPassword($0.url) == shown || $0.url == bare }
        return alike.count == 1 ? alike[0] : nil
    }
}

extension Call {
    /// `repo`, `package` and `environment` of the query.
    var statusFilter: StatusFilter {
        StatusFilter(repo: query("repo"), package: query("package"), environment: query("environment"))
    }
}
