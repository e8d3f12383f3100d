import Model
import Postgres

extension StoreTransaction {
    private static let clearing = "clearEndedPreviews"

    /// Clears away a preview that is over; false, and nothing is, when it is not.
    ///
    /// Must be the first that its transaction writes. Whoever has work for any of it loses the lease.
    func clearPreview(_ id: RepoID, olderThan age: Duration) async throws(StoreError) -> Bool {
        try await lockDeliveries(Self.clearing)
        let found = try await database.query(
            Self.clearing, "SELECT FROM repo v WHERE v.id = \(id) AND \(StateStore.isOver(age)) FOR UPDATE OF v")
        guard !found.isEmpty else { return false }
        let packages: SQL = "(SELECT id FROM package WHERE repo_id = \(id))"
        let placements: SQL = "(SELECT p.id FROM placement p WHERE p.package_id IN \(packages))"
        try await clearWork(of: id, packages, placements)
        try await clearPointers(of: id, packages)
        try await clearSteering(of: id, placements)
        try await clearPlacements(of: id, packages, placements)
        try await clearChanges(of: id, packages)
        try await clear("repo WHERE id = \(id)")
        return true
    }

    private func clear(_ rows: SQL) async throws(StoreError) {
        try await database.execute(Self.clearing, "DELETE FROM \(rows)")
    }

    private func clearWork(of id: RepoID, _ packages: SQL, _ placements: SQL) async throws(StoreError) {
        try await clear(
            """
            work w USING (
                SELECT \(ControllerName.deliver) AS controller, \(id.description) AS key
                UNION ALL SELECT \(ControllerName.promote), \(Package.idPrefix) || k.id FROM \(packages) AS k
                UNION ALL SELECT \(ControllerName.sync), \(Placement.idPrefix) || p.id FROM \(placements) AS p
            ) AS gone
            WHERE w.controller = gone.controller AND w.key = gone.key
            """)
    }

    /// What points at what is cleared before it is itself.
    private func clearPointers(of id: RepoID, _ packages: SQL) async throws(StoreError) {
        for statement in [
            """
            UPDATE placement SET generation = 0, observed_generation = 0, forgotten_generation = 0, target_id = NULL,
                pin_id = NULL, hold_id = NULL
            WHERE package_id IN \(packages)
            """,
            "UPDATE package SET last_build_id = NULL, newest_build_id = NULL WHERE repo_id = \(id)",
            "UPDATE repo SET delivered_change_id = NULL WHERE id = \(id)",
            "UPDATE environment SET change_id = NULL WHERE change_id IN (SELECT id FROM change WHERE repo_id = \(id))",
        ] as [SQL] {
            try await database.execute(Self.clearing, statement)
        }
    }

    /// What a person asked for is kept, and covers nothing of the preview any more.
    private func clearSteering(of id: RepoID, _ placements: SQL) async throws(StoreError) {
        try await clear("restraint WHERE placement_id IN \(placements)")
        try await clear("steering_order WHERE repo_id = \(id)")
        try await database.execute(
            Self.clearing,
            "UPDATE steering_order SET covers = NULL, covered_repo_id = NULL WHERE covered_repo_id = \(id)")
    }

    private func clearPlacements(of id: RepoID, _ packages: SQL, _ placements: SQL) async throws(StoreError) {
        try await clear("run WHERE repo_id = \(id)")
        for table in ["decision", "target", "deployment", "input_watch"] as [SQL] {
            try await clear("\(table) WHERE placement_id IN \(placements)")
        }
        try await clear("placement WHERE package_id IN \(packages)")
        try await clear("environment WHERE repo_id = \(id)")
        try await clear("environment_declaration WHERE repo_id = \(id)")
    }

    private func clearChanges(of id: RepoID, _ packages: SQL) async throws(StoreError) {
        try await clear("annotation WHERE build_id IN (SELECT b.id FROM build b WHERE b.package_id IN \(packages))")
        try await clear("policy_watch WHERE package_id IN \(packages)")
        try await clear("build WHERE package_id IN \(packages)")
        try await clear("package WHERE repo_id = \(id)")
        try await clear("change_commit WHERE change_id IN (SELECT id FROM change WHERE repo_id = \(id))")
        for table in ["change", "package_file", "ref_tip"] as [SQL] {
            try await clear("\(table) WHERE repo_id = \(id)")
        }
    }
}
