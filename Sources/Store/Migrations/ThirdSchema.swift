/// Migration 3: webhooks and the inbox of their deliveries.
enum ThirdSchema {
    static let script = """
        CREATE TABLE webhook (
            repo_id bigint PRIMARY KEY REFERENCES repo,
            host text NOT NULL CHECK (host <> ''),
            -- Sealed for 'webhook secret of o…'.
            secret bytea NOT NULL,
            -- Taken as well until then, after the secret was replaced.
            former_secret bytea,
            former_until timestamptz,
            created_at timestamptz NOT NULL DEFAULT now(),
            rotated_at timestamptz,
            refused_count bigint NOT NULL DEFAULT 0 CHECK (refused_count >= 0),
            refused_at timestamptz,
            refusal text,
            CHECK ((former_secret IS NULL) = (former_until IS NULL)),
            CHECK ((refused_count = 0) = (refused_at IS NULL))
        );

        CREATE TABLE webhook_delivery (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            repo_id bigint NOT NULL REFERENCES repo,
            host text NOT NULL CHECK (host <> ''),
            -- What the host calls it.
            delivery_id text NOT NULL CHECK (delivery_id <> ''),
            received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            source text NOT NULL,
            kind text NOT NULL CHECK (kind IN ('push', 'ping', 'other', 'unreadable')),
            event text NOT NULL,
            refs jsonb NOT NULL,
            refs_left_out int NOT NULL CHECK (refs_left_out >= 0),
            pusher text,
            problem text,
            -- The beginning of the body.
            body bytea NOT NULL,
            body_bytes int NOT NULL,
            redelivered_at timestamptz,
            CHECK ((kind = 'unreadable') = (problem IS NOT NULL))
        );
        CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (repo_id, host, delivery_id);
        CREATE INDEX webhook_delivery_of_repo ON webhook_delivery (repo_id, id);
        """
}
