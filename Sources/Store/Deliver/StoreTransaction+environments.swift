import Model
import Postgres

extension StoreTransaction {
    /// Writes the environments as the repo declares them; what runs in one that is gone or archived is emptied.
    ///
    /// - Returns: the environments that are new or open again, and whether any that is open changed at all.
    func deliverEnvironments(
        _ delivery: Delivery, repo: RepoID
    ) async throws(StoreError) -> (opened: [EnvironmentID], isChanged: Bool) {
        let declared = delivery.declaration.environments.map { environment in
            EnvironmentDeclaration(
                name: environment.name, attributes: environment.attributes.normalized,
                isArchived: environment.isArchived)
        }
        let plan = try EnvironmentPlan(
            repo: repo, declared: declared, known: try await knownEnvironments(declared.map(\.name)),
            heirs: try await heirs(besides: repo))
        try await declare(declared, repo: repo)
        guard !plan.isEmpty else { return ([], false) }
        let written = try await write(plan.written, change: delivery.change)
        try await close(plan.removed)
        let archived = written.filter(\.isArchived).map(\.id)
        try await emptyTargets(
            "p.environment_id = ANY(\(archived + plan.removed.map(\.id)))", reason: "the environment is archived")
        let open = written.filter { !$0.isArchived }
        return (open.filter(\.isOpened).map(\.id), !open.isEmpty)
    }

    /// Throws ``StoreError/Code/conflict`` when one of these is the environment of a preview.
    func refusePreviews(among names: [EnvironmentName], _ context: DeliveryContext) async throws(StoreError) {
        let rows = try await database.query(
            "deliver",
            """
            SELECT v.preview_environment, v.preview_ref, coalesce(v.name, v.url_name) AS repo_name FROM repo v
            WHERE v.preview_environment = ANY(\(names)) AND v.removed_at IS NULL AND v.id <> \(context.repo)
            ORDER BY v.preview_environment LIMIT 1
            """)
        guard let row = rows.first else { return }
        let (name, repo): (EnvironmentName, RepoName) = (
            try row.value("preview_environment"), try row.value("repo_name")
        )
        let ref: RefName = try row.value("preview_ref")
        throw StoreError(
            .conflict, "deliver", subject: context.repo.description,
            """
            environment '\(name)' is the preview of branch \(ref.branch) of \(repo), where nothing else may run: give \
            it another name, or have previews called otherwise with 'ocuroot repo set --preview-environment'
            """)
    }

    /// Takes back all that a repo declared, in favour of other repos that declare it too.
    ///
    /// - Returns: the environments in which nothing shall run any more.
    func undeclareEnvironments(of repo: RepoID) async throws(StoreError) -> [EnvironmentID] {
        let plan = try EnvironmentPlan(
            repo: repo, declared: [], known: try await knownEnvironments([]), heirs: try await heirs(besides: repo))
        try await declare([], repo: repo)
        guard !plan.isEmpty else { return [] }
        let written = try await write(plan.written, change: nil)
        try await close(plan.removed)
        let gone = plan.removed.map(\.id) + written.filter(\.isArchived).map(\.id)
        try await emptyTargets("p.environment_id = ANY(\(gone))", reason: "the environment is archived")
        return gone
    }

    /// Those that are declared, and of these names those that were.
    private func knownEnvironments(_ names: [EnvironmentName]) async throws(StoreError) -> [KnownEnvironment] {
        let rows = try await database.query(
            "deliver",
            """
            SELECT e.id, e.name, e.repo_id, coalesce(r.name, r.url_name) AS owner_name, e.attributes, e.is_archived,
                e.removed_at IS NOT NULL AS is_removed
            FROM environment e JOIN repo r ON r.id = e.repo_id
            WHERE e.id IN (
                SELECT id FROM environment WHERE removed_at IS NULL
                UNION ALL
                SELECT id FROM environment WHERE name = ANY(\(names))
            )
            ORDER BY e.id
            """)
        return try rows.decode { row throws(StoreError) in
            KnownEnvironment(
                id: try row.value("id"), name: try row.value("name"), owner: try row.value("repo_id"),
                ownerName: try row.value("owner_name"), attributes: try row.object("attributes"),
                isArchived: try row.value("is_archived"), isRemoved: try row.value("is_removed"))
        }
    }

    /// Of the environments that this repo owns and others declare too, what the first of the others says.
    private func heirs(besides repo: RepoID) async throws(StoreError) -> [EnvironmentName: EnvironmentPlan.Heir] {
        let rows = try await database.query(
            "deliver",
            """
            SELECT DISTINCT ON (d.name) d.name, d.repo_id, d.attributes, d.is_archived
            FROM environment_declaration d JOIN environment e ON e.name = d.name AND e.repo_id = \(repo)
            WHERE d.repo_id <> \(repo) ORDER BY d.name, d.repo_id
            """)
        var heirs: [EnvironmentName: EnvironmentPlan.Heir] = [:]
        for row in rows {
            heirs[try row.value("name")] = EnvironmentPlan.Heir(
                repo: try row.value("repo_id"), attributes: try row.object("attributes"),
                isArchived: try row.value("is_archived"))
        }
        return heirs
    }

    private func declare(_ declared: [EnvironmentDeclaration], repo: RepoID) async throws(StoreError) {
        try await database.execute(
            "deliver",
            """
            WITH gone AS (
                DELETE FROM environment_declaration
                WHERE repo_id = \(repo) AND NOT (name = ANY(\(declared.map(\.name))))
            )
            INSERT INTO environment_declaration AS d (repo_id, name, attributes, is_archived)
            SELECT \(repo), w.name, w.attributes, w."isArchived"
            FROM jsonb_to_recordset(\(json: declared)) AS w (name text, attributes jsonb, "isArchived" boolean)
            ON CONFLICT (name, repo_id) DO UPDATE
                SET attributes = excluded.attributes, is_archived = excluded.is_archived
            WHERE d.attributes <> excluded.attributes OR d.is_archived <> excluded.is_archived
            """)
    }

    private func write(
        _ wanted: [EnvironmentPlan.Wanted], change: ChangeID?
    ) async throws(StoreError) -> [(id: EnvironmentID, isArchived: Bool, isOpened: Bool)] {
        guard !wanted.isEmpty else { return [] }
        let rows = try await database.query(
            "deliver",
            """
            WITH old AS (
                SELECT e.name FROM environment e
                WHERE e.name = ANY(\(wanted.map(\.name))) AND e.removed_at IS NULL AND NOT e.is_archived
            )
            INSERT INTO environment AS e (name, repo_id, attributes, is_archived, change_id)
            SELECT w.name, w.owner, w.attributes, w."isArchived", \(change)::bigint
            FROM jsonb_to_recordset(\(json: wanted)) AS w (
                name text, owner bigint, attributes jsonb, "isArchived" boolean
            )
            ON CONFLICT (name) DO UPDATE SET repo_id = excluded.repo_id, attributes = excluded.attributes,
                is_archived = excluded.is_archived, change_id = coalesce(excluded.change_id, e.change_id),
                removed_at = NULL
            RETURNING e.id, e.name, e.is_archived, e.name NOT IN (SELECT name FROM old) AS is_opened
            """)
        return try rows.decode { row throws(StoreError) in
            let (id, name): (EnvironmentID, EnvironmentName) = (try row.value("id"), try row.value("name"))
            let (isArchived, isOpened): (Bool, Bool) = (try row.value("is_archived"), try row.value("is_opened"))
            let verb = isArchived ? "archived" : isOpened ? "added" : "changed"
            record(NewEvent("environment.\(verb)", "environment \(name) was \(verb)", environment: id, change: change))
            return (id, isArchived, isOpened)
        }
    }

    private func close(_ environments: [KnownEnvironment]) async throws(StoreError) {
        guard !environments.isEmpty else { return }
        try await database.execute(
            "deliver", "UPDATE environment SET removed_at = now() WHERE id = ANY(\(environments.map(\.id)))")
        for environment in environments {
            record(
                NewEvent(
                    "environment.removed", "environment \(environment.name) is declared no more",
                    environment: environment.id))
        }
    }
}
