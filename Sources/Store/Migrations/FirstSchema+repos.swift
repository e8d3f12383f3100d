extension FirstSchema {
    /// Repos, their refs, and the Changes that pushes made.
    static let repos = """
        CREATE DOMAIN git_id AS text CHECK (VALUE ~ '^([0-9a-f]{40}|[0-9a-f]{64})$');

        CREATE TABLE repo (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            url text NOT NULL CHECK (url <> ''),
            -- The name that stands in for the declared one until it is known.
            url_name text NOT NULL,
            name text CHECK (name <> ''),
            refs text[] NOT NULL DEFAULT '{}',
            -- Why the newest Change cannot be delivered.
            error text,
            error_at timestamptz,
            looked_at timestamptz,
            -- Why the remote cannot be read.
            look_error text,
            delivered_change_id bigint,
            delivered_tree git_id,
            created_at timestamptz NOT NULL DEFAULT now(),
            removed_at timestamptz
        );
        CREATE UNIQUE INDEX repo_url_once ON repo (url) WHERE removed_at IS NULL;
        CREATE UNIQUE INDEX repo_name_once ON repo (name) WHERE removed_at IS NULL;

        CREATE TABLE ref_tip (
            repo_id bigint NOT NULL REFERENCES repo,
            ref text NOT NULL CHECK (ref <> ''),
            commit git_id,
            sequence bigint NOT NULL DEFAULT 0 CHECK (sequence >= 0),
            PRIMARY KEY (repo_id, ref)
        );

        CREATE TABLE change (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            repo_id bigint NOT NULL REFERENCES repo,
            ref text NOT NULL,
            sequence bigint NOT NULL CHECK (sequence > 0),
            commit git_id NOT NULL,
            previous_commit git_id,
            patch_hash text,
            patch_description text,
            message text NOT NULL,
            author text NOT NULL,
            state text NOT NULL DEFAULT 'recorded'
                CHECK (state IN ('recorded', 'delivered', 'failed', 'superseded')),
            error text,
            is_forced boolean NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            delivered_at timestamptz,
            UNIQUE (repo_id, ref, sequence),
            CHECK ((patch_hash IS NULL) = (patch_description IS NULL)),
            CHECK (state <> 'failed' OR error IS NOT NULL),
            CHECK ((state = 'delivered') = (delivered_at IS NOT NULL))
        );
        CREATE INDEX change_undelivered ON change (repo_id, id) WHERE state IN ('recorded', 'failed');

        ALTER TABLE repo ADD FOREIGN KEY (delivered_change_id) REFERENCES change;

        CREATE TABLE change_commit (
            change_id bigint NOT NULL REFERENCES change,
            position int NOT NULL,
            commit git_id NOT NULL,
            author text NOT NULL,
            committed_at timestamptz NOT NULL,
            message text NOT NULL,
            trailers jsonb NOT NULL DEFAULT '[]',
            PRIMARY KEY (change_id, position)
        );

        -- The package files of the newest delivered tree.
        CREATE TABLE package_file (
            repo_id bigint NOT NULL REFERENCES repo,
            path text NOT NULL,
            error text,
            loads jsonb NOT NULL DEFAULT '[]',
            PRIMARY KEY (repo_id, path)
        );
        CREATE INDEX package_file_in_error ON package_file (repo_id) WHERE error IS NOT NULL;

        -- Which package files load a file of the repo.
        CREATE TABLE package_load (
            repo_id bigint NOT NULL,
            file_path text NOT NULL,
            package_file text NOT NULL,
            chain text[] NOT NULL,
            PRIMARY KEY (repo_id, file_path, package_file),
            FOREIGN KEY (repo_id, package_file) REFERENCES package_file (repo_id, path) ON DELETE CASCADE
        );
        CREATE INDEX package_load_of_file ON package_load (repo_id, package_file);
        """
}
