/// Migration 5: credentials of repositories, and what decides how often a repo is looked at.
enum FifthSchema {
    /// The statements.
    static let script = """
        CREATE TABLE credential (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- Scheme, host and port of the prefix.
            origin text NOT NULL CHECK (origin <> ''),
            -- The URL of what it is for.
            prefix text NOT NULL CHECK (starts_with(prefix, origin)),
            kind text NOT NULL
                CHECK (kind IN ('password', 'ssh-key', 'known-hosts', 'client-certificate', 'proxy')),
            -- What may be seen.
            facts jsonb NOT NULL DEFAULT '{}',
            -- All of it, for the purpose that names kind and prefix.
            sealed bytea NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(),
            updated_at timestamptz NOT NULL DEFAULT now(),
            updated_by text NOT NULL,
            used_at timestamptz,
            error text,
            UNIQUE (prefix, kind)
        );
        CREATE INDEX credential_of_origin ON credential (origin);

        -- When a delivered ref last moved, when a push was last announced, and how many moves in a row were announced
        -- before a look found them.
        ALTER TABLE repo ADD moved_at timestamptz;
        ALTER TABLE repo ADD announced_at timestamptz;
        ALTER TABLE repo ADD announced_moves int NOT NULL DEFAULT 0 CHECK (announced_moves >= 0);
        """
}
