import Model
import Postgres

extension StoreTransaction {
    /// Writes down what a Change means: environments, packages, Builds, and what follows from them.
    ///
    /// Deliveries of all repos run one after the other. Delivering the newest delivered Change again begins only Builds
    /// that it has none of yet; an older or superseded one writes nothing. Throws ``StoreError/Code/conflict``, with a
    /// sentence for people, when another repo has the same name or declares an environment differently.
    @discardableResult
    public func deliver(_ delivery: Delivery) async throws(StoreError) -> DeliverySummary {
        try await lockDeliveries("deliver")
        guard let context = try await deliveryContext(delivery.change) else { return DeliverySummary(isApplied: false) }
        try await rename(context, to: context.parentName ?? delivery.declaration.name)
        try await refusePreviews(among: delivery.declaration.environments.map(\.name), context)
        let environments = try await deliverEnvironments(delivery, repo: context.repo)
        let packages = try await deliverPackages(delivery, repo: context.repo)
        try await place(packages: packages.added, environments: environments.opened)
        let builds = try await beginBuilds(delivery, context)
        let canceled = try await cancelPendingBuilds(of: builds.packages, except: delivery.change)
        try await settle(delivery.unaffected, repo: context.repo)
        try await enqueuePromote(
            builtAtOnce: builds.finished, added: packages.added,
            all: environments.isChanged ? context : nil)
        try await markDelivered(delivery, context)
        try await applyWaitingOrders(of: context.repo)
        let summary = DeliverySummary(
            isApplied: true, builds: builds.packages.count, canceledBuilds: canceled,
            addedPackages: packages.added.count, removedPackages: packages.removedCount,
            failedFiles: packages.failedCount)
        if context.state != .delivered || summary.builds > 0 { recordDelivered(delivery, context, summary) }
        return summary
    }

    /// Nil when there is nothing to do for the Change any more.
    private func deliveryContext(_ change: ChangeID) async throws(StoreError) -> DeliveryContext? {
        let rows = try await database.query(
            "deliver",
            """
            SELECT c.repo_id, c.state, c.commit, r.name, coalesce(r.name, r.url_name) AS repo_name, r.parent_id,
                (SELECT o.name FROM repo o WHERE o.id = r.parent_id) AS parent_name
            FROM change c JOIN repo r ON r.id = c.repo_id
            WHERE c.id = \(change) AND r.removed_at IS NULL
                AND (c.state IN ('recorded', 'failed') OR (c.state = 'delivered' AND r.delivered_change_id = c.id))
            FOR NO KEY UPDATE OF c, r
            """)
        return try rows.decode { row throws(StoreError) in
            DeliveryContext(
                repo: try row.value("repo_id"), parent: try row.value("parent_id"),
                parentName: try row.value("parent_name"), repoName: try row.value("repo_name"),
                declaredName: try row.value("name"), state: try row.value("state"), commit: try row.value("commit"))
        }.first
    }

    /// Gives the repo and its previews the name that it declares; who watches its deployments by name goes on doing so.
    private func rename(_ context: DeliveryContext, to name: RepoName) async throws(StoreError) {
        guard context.declaredName != name else { return }
        let others = try await database.query(
            "deliver",
            """
            SELECT url FROM repo WHERE name = \(name) AND removed_at IS NULL AND parent_id IS NULL
                AND id <> \(context.parent ?? context.repo)
            """)
        if let other = others.first {
            let url = RepoURL.withoutPassword(try other.value("url"))
            throw StoreError(
                .conflict, "deliver", subject: context.repo.description,
                "the id '\(name)' in repo.ocu.star belongs to \(url) already")
        }
        let renamed: SQL = "id = \(context.repo) OR parent_id = \(context.repo)"
        try await database.execute("deliver", "UPDATE repo SET name = \(name) WHERE \(renamed)")
        try await database.execute(
            "deliver",
            """
            WITH renamed AS (
                DELETE FROM input_watch w USING placement p, package k
                WHERE p.id = w.placement_id AND k.id = p.package_id
                    AND k.repo_id IN (SELECT id FROM repo WHERE \(renamed)) AND w.repo_name = \(context.repoName)
                RETURNING w.placement_id, w.package_name, w.environment_name
            )
            INSERT INTO input_watch (placement_id, repo_name, package_name, environment_name)
            SELECT placement_id, \(name), package_name, environment_name FROM renamed ON CONFLICT DO NOTHING
            """)
    }

    private func markDelivered(_ delivery: Delivery, _ context: DeliveryContext) async throws(StoreError) {
        try await database.execute(
            "deliver",
            """
            WITH done AS (
                UPDATE change SET state = 'delivered', error = NULL, delivered_at = coalesce(delivered_at, now())
                WHERE id = \(delivery.change)
            )
            UPDATE repo SET delivered_change_id = \(delivery.change), delivered_tree = \(delivery.tree),
                error = NULL, error_at = NULL
            WHERE id = \(context.repo)
            """)
    }

    /// - Parameter change: what changed environments, which concerns all packages, or those of the preview; nil for
    ///   nothing.
    private func enqueuePromote(
        builtAtOnce: [PackageID], added: [PackageID], all change: DeliveryContext?
    ) async throws(StoreError) {
        enqueue(.promote, builtAtOnce)
        guard change != nil || !added.isEmpty else { return }
        let concerned: SQL =
            change.map { context -> SQL in context.parent == nil ? "true" : "repo_id = \(context.repo)" } ?? "false"
        let packages: [PackageID] = try await database.query(
            "deliver",
            """
            SELECT id FROM package WHERE removed_at IS NULL AND last_build_id IS NOT NULL
                AND (\(concerned) OR id = ANY(\(added)))
            """
        ).values()
        enqueue(.promote, packages)
    }

    private func recordDelivered(_ delivery: Delivery, _ context: DeliveryContext, _ summary: DeliverySummary) {
        let builds = summary.builds == 1 ? "1 build" : "\(summary.builds) builds"
        record(
            NewEvent(
                "change.delivered", "\(context.commit.short) was delivered: \(builds) begun", repo: context.repo,
                change: delivery.change,
                data: [
                    "builds": .int(Int64(summary.builds)), "canceledBuilds": .int(Int64(summary.canceledBuilds)),
                    "addedPackages": .int(Int64(summary.addedPackages)),
                    "removedPackages": .int(Int64(summary.removedPackages)),
                    "failedFiles": .int(Int64(summary.failedFiles)),
                ]))
    }
}

extension StateStore {
    /// The advisory lock under which packages, environments and previews come and go.
    static let deliveryLock: Int64 = 0x6F63_7572_6465_6C76
}

extension StoreTransaction {
    /// Lets no other transaction deliver, or remove a repo, until this one ends; comes before any row's lock.
    func lockDeliveries(_ operation: String) async throws(StoreError) {
        try await database.execute(
            operation, "SELECT pg_advisory_xact_lock(hashtextextended(current_schema(), \(StateStore.deliveryLock)))")
    }
}
