import Model
import Postgres

extension StoreTransaction {
    /// Does what an order asks for.
    func apply(_ order: SteeringOrder, from origin: SteeringOrigin) async throws(StoreError) -> SteeringVerdict {
        if let verdict = try await foreignRepo(order.subject, origin) { return verdict }
        let verdict = try await act(on: order, from: origin)
        // What it may not steer it does not wait for either: others would have to wait behind it.
        guard case .unknown = verdict, order.action.isOfEnvironments else { return verdict }
        let environments = PlacementChoice(order.subject, of: origin.repo).onEnvironment
        let listings = try await listings(environments, of: origin.order)
        return SignerListing.permission(of: listings).refusal.map { .refused($0) } ?? verdict
    }

    private func act(
        on order: SteeringOrder, from origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringVerdict {
        switch order.action {
        case .pin(let build): try await pin(build, order, origin)
        case .unpin: try await release(.pin, order, origin)
        case .hold: try await hold(order, origin)
        case .resume: try await release(.hold, order, origin)
        case .retry: try await retry(order, origin)
        case .annotate(let build, let key, let value):
            try await annotate(build, key: key, value: value, order, origin)
        case .skip: .refused("only a commit can be skipped, by its own trailer")
        }
    }

    /// A commit steers packages of its own repo alone: who may push to one repo need not have a say in another.
    private func foreignRepo(
        _ subject: PlacementGlob, _ origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringVerdict? {
        guard let name = subject.repo else { return nil }
        let rows = try await database.query(
            "steer",
            """
            SELECT coalesce(r.name, r.url_name) AS name,
                \(origin.repo)::bigint IS NULL OR r.id = \(origin.repo)::bigint AS is_allowed
            FROM repo r WHERE r.removed_at IS NULL AND \(StateStore.isRepo(name.rawValue)) ORDER BY 2 DESC LIMIT 1
            """)
        if let row = rows.first, try row.value("is_allowed") { return nil }
        guard let repo = origin.repo else { return .refused("no watched repository is called '\(name)'") }
        let own: [RepoName] = try await database.query(
            "steer", "SELECT coalesce(name, url_name) FROM repo WHERE id = \(repo)"
        ).values()
        let message = "a commit of \(own.first ?? "a repository") steers packages of that repository alone"
        // The repo may get this very name by the delivery.
        return rows.isEmpty ? .unknown(message) : .refused("\(message); use the command for others")
    }

    private func pin(
        _ reference: BuildReference, _ order: SteeringOrder, _ origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringVerdict {
        let choice = PlacementChoice(order.subject, of: origin.repo)
        var placements = try await placements(choice).filter(\.isLive)
        // A number of the repo's own packages is none of its previews'.
        if placements.contains(where: { !$0.isPreview }) { placements.removeAll(where: \.isPreview) }
        guard let first = placements.first else { return .unknown(try await whatIsMissing(order.subject, choice)) }
        guard Set(placements.map(\.package)).count == 1 else {
            return .refused("several repositories have a package '\(order.subject.package)': write REPO//PACKAGE")
        }
        let permission = try await permission(to: placements, origin)
        if let refusal = permission.refusal { return .refused(refusal) }
        let build: NamedBuild
        switch try await self.build(reference, of: first.package) {
        case .found(let found): build = found
        case .none(let message): return .unknown(message)
        case .several(let message): return .refused(message)
        }
        if build.state == .failed || build.state == .canceled {
            let what = build.state == .failed ? "failed" : "was superseded before it had begun"
            return .refused("build \(build.sequence) of \(order.subject.package) \(what): pin one that succeeded")
        }
        try await restrain(placements.map(\.id), .pin, build.id, origin, reason: order.reason)
        enqueue(.promote, [first.package])
        enqueue(.sync, placements.map(\.id))
        let isBuilt = build.state == .succeeded
        return .applied(
            "\(SteeredPlaces.list(placements)) \(placements.count == 1 ? "is" : "are") pinned to build \(build.sequence)"
                + (isBuilt ? "" : ", which is \(build.state.rawValue)"),
            SteeredPlaces(placements, build: build.id, signer: permission.signer))
    }

    private func hold(
        _ order: SteeringOrder, _ origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringVerdict {
        let choice = PlacementChoice(order.subject, of: origin.repo)
        let placements = try await placements(choice).filter { $0.isLive || $0.isDeployed }
        guard !placements.isEmpty else { return .unknown(try await whatIsMissing(order.subject, choice)) }
        let permission = try await permission(to: placements, origin)
        if let refusal = permission.refusal { return .refused(refusal) }
        try await restrain(placements.map(\.id), .hold, nil, origin, reason: order.reason)
        if !order.subject.isExact { try await cover(.hold, order.subject, origin) }
        enqueue(.sync, placements.map(\.id))
        return .applied(
            "\(SteeredPlaces.list(placements)) \(placements.count == 1 ? "is" : "are") on hold",
            SteeredPlaces(placements, signer: permission.signer))
    }

    private func release(
        _ kind: Restraint.Kind, _ order: SteeringOrder, _ origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringVerdict {
        let choice = PlacementChoice(order.subject, of: origin.repo)
        let known = try await placements(choice).filter { $0.isLive || $0.isPinned || $0.isHeld }
        guard !known.isEmpty else { return .unknown(try await whatIsMissing(order.subject, choice)) }
        let permission = try await permission(to: known, origin)
        if let refusal = permission.refusal { return .refused(refusal) }
        let placements = known.filter { kind == .pin ? $0.isPinned : $0.isHeld }
        let participle = kind == .pin ? "pinned" : "on hold"
        guard !placements.isEmpty || kind == .hold && !order.subject.isExact else {
            return .refused("nothing that fits '\(order.subject)' is \(participle)")
        }
        if kind == .hold { try await cover(.resume, order.subject, origin) }
        guard !placements.isEmpty else {
            return .applied("nothing that fits '\(order.subject)' was \(participle), and nothing that comes later is")
        }
        let ids = placements.map(\.id)
        try await endRestraints(kind, "p.id = ANY(\(ids))", by: origin.by, commit: origin.commit)
        enqueue(.promote, Set(placements.map(\.package)).sorted())
        enqueue(.sync, ids)
        let gone = placements.filter { !$0.isLive }.map(\.id)
        if kind == .hold, !gone.isEmpty {
            try await emptyTargets(
                "p.id = ANY(\(gone))", reason: "the hold ended, and the package or the environment is gone")
        }
        return .applied(
            "\(SteeredPlaces.list(placements)) \(placements.count == 1 ? "is" : "are") no longer \(participle)",
            SteeredPlaces(placements, signer: permission.signer))
    }

    private func retry(
        _ order: SteeringOrder, _ origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringVerdict {
        let choice = PlacementChoice(order.subject, of: origin.repo)
        let placements = try await placements(choice)
        guard !placements.isEmpty || choice.isOfAllPackages else {
            return .unknown(try await whatIsMissing(order.subject, choice))
        }
        switch try await retry(choice, by: origin.by, order: origin.order) {
        case .refused(let message): return .refused(message)
        case .tried(let count, let signer):
            return .applied(
                "\(count == 0 ? "nothing of" : "what failed of") '\(order.subject)' is tried again",
                SteeredPlaces(placements, signer: signer))
        }
    }

    private func annotate(
        _ reference: BuildReference, key: String, value: String, _ order: SteeringOrder, _ origin: SteeringOrigin
    ) async throws(StoreError) -> SteeringVerdict {
        let choice = PlacementChoice(order.subject, of: origin.repo)
        let packages = try await packages(choice)
        guard !packages.isEmpty else { return .unknown(try await whatIsMissing(order.subject, choice)) }
        guard Set(packages.map(\.repo)).count == 1 else {
            return .refused("several repositories have a package '\(order.subject.package)': write REPO//PACKAGE")
        }
        switch try await build(reference, among: packages) {
        case .none(let message): return .unknown(message)
        case .several(let message): return .refused(message)
        case .found(let build):
            try await annotate(build.id, [key.storable(): .string(value.storable())], by: origin.by)
            var places = SteeredPlaces()
            (places.package, places.build) = (build.package, build.id)
            return .applied("build \(build.sequence) of \(order.subject.package) has '\(key)' = '\(value)'", places)
        }
    }
}
