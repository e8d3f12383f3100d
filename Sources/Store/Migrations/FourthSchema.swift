/// Migration 4: pins and holds, and the trailers of commits that asked for them.
enum FourthSchema {
    /// Placements of before are neither pinned nor held; trailers of commits that were recorded before count for nothing.
    static let script = """
        ALTER TABLE change DROP CONSTRAINT change_state_check;
        ALTER TABLE change ADD CONSTRAINT change_state_check
            CHECK (state IN ('recorded', 'delivered', 'failed', 'superseded', 'skipped'));

        ALTER TABLE placement DROP CONSTRAINT placement_condition_kind_check;
        ALTER TABLE placement ADD CONSTRAINT placement_condition_kind_check CHECK (
            condition_kind IN ('settled', 'acting', 'retrying', 'delayed', 'blocked', 'failed', 'held')
        );

        CREATE TABLE steering_order (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- The repo whose commit says it; no repo and no commit for what a person asked for directly.
            repo_id bigint REFERENCES repo,
            change_id bigint REFERENCES change,
            commit git_id,
            -- Counts the trailers of ours in the commit.
            position int CHECK (position > 0),
            author text NOT NULL,
            token text NOT NULL,
            value text NOT NULL,
            reason text NOT NULL,
            state text NOT NULL CHECK (state IN ('waiting', 'applied', 'refused')),
            message text NOT NULL DEFAULT '',
            created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            decided_at timestamptz,
            -- What a hold, or the end of one, covers: what is added later is held if the last that fits is a hold.
            covers text CHECK (covers IN ('hold', 'resume')),
            covered_repo_id bigint REFERENCES repo,
            package_like text,
            environment_like text,
            -- A trailer counts once, however often and by whatever ref its commit comes.
            UNIQUE (repo_id, commit, position),
            CHECK ((commit IS NULL) = (position IS NULL) AND (commit IS NULL) = (repo_id IS NULL)),
            CHECK ((state = 'waiting') = (decided_at IS NULL)),
            CHECK (covers IS NULL OR state = 'applied' AND package_like IS NOT NULL AND environment_like IS NOT NULL)
        );
        CREATE INDEX steering_order_waiting ON steering_order (repo_id, id) WHERE state = 'waiting';
        CREATE INDEX steering_order_of_change ON steering_order (change_id, id);
        CREATE INDEX steering_order_covering ON steering_order (id) WHERE covers IS NOT NULL;

        CREATE TABLE restraint (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            placement_id bigint NOT NULL REFERENCES placement,
            kind text NOT NULL CHECK (kind IN ('pin', 'hold')),
            build_id bigint REFERENCES build,
            order_id bigint NOT NULL REFERENCES steering_order,
            actor text NOT NULL,
            commit git_id,
            reason text NOT NULL,
            since timestamptz NOT NULL DEFAULT clock_timestamp(),
            ended_at timestamptz,
            ended_by text,
            ended_commit git_id,
            CHECK ((kind = 'pin') = (build_id IS NOT NULL)),
            CHECK ((ended_at IS NULL) = (ended_by IS NULL))
        );
        CREATE UNIQUE INDEX restraint_current ON restraint (placement_id, kind) WHERE ended_at IS NULL;

        ALTER TABLE placement ADD pin_id bigint REFERENCES restraint;
        ALTER TABLE placement ADD hold_id bigint REFERENCES restraint;
        CREATE INDEX placement_pinned ON placement (pin_id) WHERE pin_id IS NOT NULL;
        CREATE INDEX placement_held ON placement (hold_id) WHERE hold_id IS NOT NULL;
        """
}
