extension FirstSchema {
    /// Placements with what they should run, what they do run, and who takes whose outputs.
    static let placements = """
        CREATE TABLE placement (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            package_id bigint NOT NULL REFERENCES package,
            environment_id bigint NOT NULL REFERENCES environment,
            generation bigint NOT NULL DEFAULT 0,
            observed_generation bigint NOT NULL DEFAULT 0,
            target_id bigint,
            -- The last deployment that succeeded, when it was a deploy.
            deployed_id bigint,
            -- Failed attempts up to this one are forgiven.
            retry_base int NOT NULL DEFAULT 0,
            condition_kind text NOT NULL DEFAULT 'settled'
                CHECK (condition_kind IN ('settled', 'acting', 'retrying', 'delayed', 'blocked', 'failed')),
            condition_reason text NOT NULL DEFAULT '',
            condition_until timestamptz,
            UNIQUE (package_id, environment_id),
            CHECK (observed_generation BETWEEN 0 AND generation),
            CHECK ((generation = 0) = (target_id IS NULL))
        );
        CREATE INDEX placement_of_environment ON placement (environment_id);
        CREATE INDEX placement_unsettled ON placement (id) WHERE observed_generation < generation
            OR condition_kind IN ('acting', 'retrying', 'delayed', 'blocked');
        CREATE INDEX placement_failed ON placement (id) WHERE condition_kind IN ('failed', 'retrying');
        CREATE INDEX placement_deployed ON placement (environment_id) WHERE deployed_id IS NOT NULL;

        CREATE TABLE target (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            placement_id bigint NOT NULL REFERENCES placement,
            generation bigint NOT NULL CHECK (generation > 0),
            build_id bigint REFERENCES build,
            is_running boolean NOT NULL,
            inputs jsonb NOT NULL DEFAULT '{}',
            not_before timestamptz,
            reason text NOT NULL,
            decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            UNIQUE (placement_id, generation),
            CHECK (build_id IS NOT NULL OR NOT is_running)
        );

        CREATE TABLE decision (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            placement_id bigint NOT NULL REFERENCES placement,
            build_id bigint NOT NULL REFERENCES build,
            answer jsonb NOT NULL,
            decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            is_current boolean NOT NULL DEFAULT true
        );
        CREATE UNIQUE INDEX decision_current ON decision (placement_id, build_id) WHERE is_current;

        CREATE TABLE deployment (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            placement_id bigint NOT NULL REFERENCES placement,
            generation bigint NOT NULL CHECK (generation > 0),
            attempt int NOT NULL CHECK (attempt > 0),
            kind text NOT NULL CHECK (kind IN ('deploy', 'destroy')),
            build_id bigint NOT NULL REFERENCES build,
            state text NOT NULL CHECK (state IN ('pending', 'running', 'succeeded', 'failed', 'canceled')),
            inputs jsonb NOT NULL DEFAULT '{}',
            outputs jsonb NOT NULL DEFAULT '{}',
            error text,
            created_at timestamptz NOT NULL DEFAULT now(),
            finished_at timestamptz,
            UNIQUE (placement_id, generation, attempt),
            CHECK (state <> 'failed' OR error IS NOT NULL),
            CHECK (state = 'succeeded' OR outputs = '{}'),
            CHECK ((state IN ('pending', 'running')) = (finished_at IS NULL))
        );
        CREATE UNIQUE INDEX deployment_active_once ON deployment (placement_id) WHERE state IN ('pending', 'running');
        CREATE INDEX deployment_failed ON deployment (placement_id, id) WHERE state = 'failed';

        ALTER TABLE placement ADD FOREIGN KEY (target_id) REFERENCES target;
        ALTER TABLE placement ADD FOREIGN KEY (deployed_id) REFERENCES deployment;

        -- Whose outputs a placement takes, by name, whether that exists or not.
        CREATE TABLE input_watch (
            placement_id bigint NOT NULL REFERENCES placement,
            repo_name text NOT NULL,
            package_name text NOT NULL,
            environment_name text NOT NULL,
            PRIMARY KEY (placement_id, repo_name, package_name, environment_name)
        );
        CREATE INDEX input_watch_watched ON input_watch (package_name, environment_name, repo_name);

        -- Whose deployments a package's policy read, by name, whether that exists or not.
        CREATE TABLE policy_watch (
            package_id bigint NOT NULL REFERENCES package,
            repo_name text NOT NULL,
            package_name text NOT NULL,
            PRIMARY KEY (package_id, repo_name, package_name)
        );
        CREATE INDEX policy_watch_watched ON policy_watch (package_name, repo_name);
        """
}
