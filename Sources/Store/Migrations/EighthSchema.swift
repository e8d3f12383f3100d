/// Migration 8: previews: branches with an environment of their own, each a repo under the one whose branch it is.
enum EighthSchema {
    /// Repos of before have none.
    static let script = """
        -- Which branches get one: refs, environment, like.
        ALTER TABLE repo ADD previews jsonb;
        -- The patterns of these that a look has met: what comes after that is new.
        ALTER TABLE repo ADD previews_seen text[] NOT NULL DEFAULT '{}';
        -- What the remote's HEAD named at the last look.
        ALTER TABLE repo ADD default_ref text CHECK (default_ref <> '');

        ALTER TABLE repo ADD parent_id bigint REFERENCES repo;
        ALTER TABLE repo ADD preview_ref text CHECK (preview_ref <> '');
        ALTER TABLE repo ADD preview_environment text CHECK (preview_environment <> '');
        ALTER TABLE repo ADD CHECK (
            (parent_id IS NULL) = (preview_ref IS NULL) AND (parent_id IS NULL) = (preview_environment IS NULL)
            AND (parent_id IS NULL OR previews IS NULL)
        );

        -- A preview has its parent's name and URL.
        DROP INDEX repo_url_once;
        DROP INDEX repo_name_once;
        CREATE UNIQUE INDEX repo_url_once ON repo (url) WHERE removed_at IS NULL AND parent_id IS NULL;
        CREATE UNIQUE INDEX repo_name_once ON repo (name) WHERE removed_at IS NULL AND parent_id IS NULL;
        CREATE UNIQUE INDEX preview_ref_once ON repo (parent_id, preview_ref) WHERE removed_at IS NULL;
        CREATE UNIQUE INDEX preview_environment_once ON repo (preview_environment) WHERE removed_at IS NULL;
        CREATE INDEX preview_of_repo ON repo (parent_id) WHERE parent_id IS NOT NULL;
        """
}
