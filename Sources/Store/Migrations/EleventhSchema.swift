/// Migration 11: who must have signed the commits that steer given environments.
enum EleventhSchema {
    /// Trailers of before count as not signed.
    static let script = """
        CREATE TABLE signer_list (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- The environments that it covers: a name or a pattern, and the same for LIKE.
            environment text NOT NULL UNIQUE CHECK (environment <> ''),
            environment_like text NOT NULL,
            -- A file of allowed signers, as it was given.
            text text NOT NULL,
            updated_at timestamptz NOT NULL DEFAULT now(),
            updated_by text NOT NULL
        );

        -- What the file says, a row for each key of it.
        CREATE TABLE signer_key (
            list_id bigint NOT NULL REFERENCES signer_list ON DELETE CASCADE,
            line int NOT NULL CHECK (line > 0),
            fingerprint text NOT NULL,
            principals text[] NOT NULL CHECK (principals <> '{}'),
            is_for_git boolean NOT NULL,
            valid_after timestamptz,
            valid_before timestamptz,
            PRIMARY KEY (list_id, line)
        );
        CREATE INDEX signer_key_of_list ON signer_key (list_id, fingerprint);

        -- When the commit says that it was made; what is wrong with its signature, or the key that made that, and the
        -- digest of what was signed. A commit without a signature has none of these three.
        ALTER TABLE steering_order ADD committed_at timestamptz;
        ALTER TABLE steering_order ADD signature_problem text;
        ALTER TABLE steering_order ADD signer text;
        ALTER TABLE steering_order ADD signed_content text;
        ALTER TABLE steering_order ADD CHECK ((signer IS NULL) = (signed_content IS NULL));
        ALTER TABLE steering_order ADD CHECK (signer IS NULL OR signature_problem IS NULL AND committed_at IS NOT NULL);
        -- One signature can be written in several ways, each of which makes another commit: it counts once.
        CREATE UNIQUE INDEX steering_order_signed ON steering_order (repo_id, signed_content, position)
            WHERE signed_content IS NOT NULL;
        """
}
