extension FirstSchema {
    /// Runs and events.
    static let runs = """
        CREATE TABLE run (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind text NOT NULL CHECK (kind IN ('build', 'deploy', 'destroy')),
            repo_id bigint NOT NULL REFERENCES repo,
            build_id bigint NOT NULL REFERENCES build,
            deployment_id bigint REFERENCES deployment,
            state text NOT NULL DEFAULT 'queued'
                CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'canceled')),
            -- Counts the runners that took it.
            attempt int NOT NULL DEFAULT 0 CHECK (attempt >= 0),
            -- SHA-256 of the one-time token that starts it, and of the token of its current attempt.
            start_token_hash bytea CHECK (length(start_token_hash) = 32),
            lease_token_hash bytea CHECK (length(lease_token_hash) = 32),
            holder text,
            lease_expires timestamptz,
            launch jsonb,
            -- Where the current attempt's log begins, and the bytes of log in all.
            log_base bigint NOT NULL DEFAULT 0 CHECK (log_base >= 0),
            log_bytes bigint NOT NULL DEFAULT 0 CHECK (log_bytes >= log_base),
            log_bytes_dropped bigint NOT NULL DEFAULT 0 CHECK (log_bytes_dropped >= 0),
            log_error text,
            error text,
            created_at timestamptz NOT NULL DEFAULT now(),
            started_at timestamptz,
            finished_at timestamptz,
            CHECK ((kind = 'build') = (deployment_id IS NULL)),
            CHECK ((state = 'running') = (lease_expires IS NOT NULL)),
            CHECK (state <> 'running' OR (lease_token_hash IS NOT NULL AND holder IS NOT NULL)),
            CHECK (state <> 'failed' OR error IS NOT NULL),
            CHECK ((state IN ('queued', 'running')) = (finished_at IS NULL))
        );
        CREATE UNIQUE INDEX run_active_build_once ON run (build_id)
            WHERE kind = 'build' AND state IN ('queued', 'running');
        CREATE UNIQUE INDEX run_active_deployment_once ON run (deployment_id) WHERE state IN ('queued', 'running');
        CREATE INDEX run_active ON run (id) WHERE state IN ('queued', 'running');
        CREATE INDEX run_lease ON run (lease_expires) WHERE state = 'running';
        CREATE INDEX run_of_build ON run (build_id);

        -- Written in the transaction that changes state; never changed. The ids grow in the order of commits.
        CREATE TABLE event (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            at timestamptz NOT NULL DEFAULT clock_timestamp(),
            kind text NOT NULL,
            actor text NOT NULL,
            message text NOT NULL,
            repo_id bigint,
            package_id bigint,
            environment_id bigint,
            change_id bigint,
            build_id bigint,
            deployment_id bigint,
            run_id bigint,
            data jsonb NOT NULL DEFAULT '{}'
        );
        """
}
