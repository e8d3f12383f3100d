extension FirstSchema {
    /// Packages, their Builds, and the environments.
    static let packages = """
        CREATE TABLE package (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            repo_id bigint NOT NULL REFERENCES repo,
            name text NOT NULL CHECK (name <> ''),
            path text NOT NULL,
            functions text[] NOT NULL DEFAULT '{}',
            tasks text[] NOT NULL DEFAULT '{}',
            error text,
            -- Stands for a package file in error that has never declared anything.
            is_provisional boolean NOT NULL DEFAULT false,
            -- The succeeded build with the greatest sequence, and the build with the greatest sequence.
            last_build_id bigint,
            newest_build_id bigint,
            next_sequence bigint NOT NULL DEFAULT 1 CHECK (next_sequence > 0),
            -- A build is owed, or the package file is in error.
            is_outstanding boolean NOT NULL DEFAULT false,
            created_at timestamptz NOT NULL DEFAULT now(),
            removed_at timestamptz,
            -- A package that comes back after its removal is the same row.
            UNIQUE (repo_id, name)
        );
        CREATE INDEX package_of_file ON package (repo_id, path) WHERE removed_at IS NULL;
        CREATE INDEX package_outstanding ON package (repo_id) WHERE is_outstanding AND removed_at IS NULL;

        CREATE TABLE build (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            package_id bigint NOT NULL REFERENCES package,
            change_id bigint NOT NULL REFERENCES change,
            sequence bigint NOT NULL CHECK (sequence > 0),
            commit git_id NOT NULL,
            tree git_id NOT NULL,
            path text NOT NULL,
            functions text[] NOT NULL,
            state text NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'canceled')),
            alias text CHECK (alias <> ''),
            attributes jsonb NOT NULL DEFAULT '{}',
            reason jsonb NOT NULL,
            error text,
            created_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            UNIQUE (change_id, package_id),
            UNIQUE (package_id, sequence),
            CHECK (state <> 'failed' OR error IS NOT NULL),
            CHECK (state = 'succeeded' OR (alias IS NULL AND attributes = '{}')),
            CHECK ((state IN ('pending', 'running')) = (finished_at IS NULL))
        );
        CREATE UNIQUE INDEX build_alias_once ON build (package_id, alias);
        CREATE INDEX build_active ON build (package_id) WHERE state IN ('pending', 'running');

        ALTER TABLE package ADD FOREIGN KEY (last_build_id) REFERENCES build;
        ALTER TABLE package ADD FOREIGN KEY (newest_build_id) REFERENCES build;

        CREATE TABLE annotation (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            build_id bigint NOT NULL REFERENCES build,
            key text NOT NULL,
            value jsonb NOT NULL,
            actor text NOT NULL,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            is_current boolean NOT NULL DEFAULT true
        );
        CREATE UNIQUE INDEX annotation_current ON annotation (build_id, key) WHERE is_current;

        CREATE TABLE environment (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL UNIQUE CHECK (name <> ''),
            -- Whose declaration counts: of those that declare it, the repo that did so first.
            repo_id bigint NOT NULL REFERENCES repo,
            attributes jsonb NOT NULL DEFAULT '{}',
            is_archived boolean NOT NULL DEFAULT false,
            change_id bigint REFERENCES change,
            created_at timestamptz NOT NULL DEFAULT now(),
            -- No repo declares it any more.
            removed_at timestamptz
        );

        -- What each repo's newest delivered repo.ocu.star says.
        CREATE TABLE environment_declaration (
            repo_id bigint NOT NULL REFERENCES repo,
            name text NOT NULL,
            attributes jsonb NOT NULL,
            is_archived boolean NOT NULL,
            PRIMARY KEY (name, repo_id)
        );
        """
}
