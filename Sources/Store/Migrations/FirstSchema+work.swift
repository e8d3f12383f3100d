extension FirstSchema {
    /// The queue: one row for each key that a controller is to look at.
    static let work = """
        -- Terms of leases: never given twice, whatever rows come and go.
        CREATE SEQUENCE work_fence;

        CREATE TABLE work (
            controller text NOT NULL CHECK (controller <> ''),
            key text NOT NULL CHECK (key <> ''),
            -- Counts the requests that came while it was leased.
            version bigint NOT NULL DEFAULT 1,
            queued_at timestamptz NOT NULL DEFAULT now(),
            -- When it may be claimed; 'infinity' while it is leased and nobody asked again.
            due_at timestamptz NOT NULL,
            attempts int NOT NULL DEFAULT 0,
            -- Queued by a periodic look at everything: nobody waits for it.
            is_routine boolean NOT NULL DEFAULT false,
            holder text,
            fence bigint,
            lease_expires timestamptz,
            last_error text,
            ready_at timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(lease_expires, due_at)) STORED,
            PRIMARY KEY (controller, key),
            CHECK ((holder IS NULL) = (lease_expires IS NULL)),
            CHECK (holder IS NULL OR fence IS NOT NULL)
        ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
        CREATE INDEX work_ready ON work (controller, ready_at);
        """
}
