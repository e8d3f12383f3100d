/// Migration 10: what branches had previews once costs those that have one now nothing.
enum TenthSchema {
    /// The statements.
    static let script = """
        DROP INDEX repo_of_name;
        CREATE INDEX repo_of_name ON repo (name, preview_environment);
        CREATE INDEX repo_called ON repo ((coalesce(name, url_name)), preview_environment) WHERE removed_at IS NULL;
        CREATE INDEX environment_known ON environment (id) WHERE removed_at IS NULL;
        CREATE INDEX environment_of_repo ON environment (repo_id);
        """
}
