/// Migration 6: keeping a delivery locks nothing that another would wait for.
enum SixthSchema {
    /// The statements.
    static let script = """
        -- Repos are never deleted, and each delivery would lock its repo's row.
        ALTER TABLE webhook_delivery DROP CONSTRAINT webhook_delivery_repo_id_fkey;
        -- Before the statement that keeps it saw anything.
        ALTER TABLE webhook_delivery ALTER received_at SET DEFAULT statement_timestamp();
        """
}
