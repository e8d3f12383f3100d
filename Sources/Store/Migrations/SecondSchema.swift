/// Migration 2: names are kept by whoever runs something under them, and what was orphaned stays forgotten.
enum SecondSchema {
    /// Deployments begun before have no names, but for those that are under way.
    static let script = """
        -- Repo, package and environment by name, as they were when it began.
        ALTER TABLE deployment ADD names text[] CHECK (cardinality(names) = 3);

        WITH called AS (
            SELECT d.id, ARRAY[coalesce(r.name, r.url_name), k.name, e.name] AS names
            FROM deployment d
            JOIN placement p ON p.id = d.placement_id
            JOIN package k ON k.id = p.package_id
            JOIN repo r ON r.id = k.repo_id
            JOIN environment e ON e.id = p.environment_id
            WHERE d.state IN ('pending', 'running')
        )
        UPDATE deployment d SET names = called.names
        FROM (SELECT DISTINCT ON (names) id, names FROM called ORDER BY names, id) AS called
        WHERE d.id = called.id;

        CREATE UNIQUE INDEX deployment_active_names_once ON deployment (names) WHERE state IN ('pending', 'running');

        -- What was begun up to this generation is nobody's: it counts as deployed no more, not even when it ends later.
        ALTER TABLE placement ADD forgotten_generation bigint NOT NULL DEFAULT 0;
        ALTER TABLE placement ADD CHECK (forgotten_generation BETWEEN 0 AND generation);

        CREATE INDEX repo_of_name ON repo (name);
        """
}
