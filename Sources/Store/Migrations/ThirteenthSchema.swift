/// Migration 13: by what a webhook is known again at its git host.
enum ThirteenthSchema {
    /// Webhooks of before may have any address: those that they were given were not noted.
    static let script = """
        -- The newest addresses that it was given, under whatever public URL the server had.
        ALTER TABLE webhook ADD addresses text[] NOT NULL DEFAULT '{}';
        -- Whether it was never given one that is not noted.
        ALTER TABLE webhook ADD has_all_addresses boolean NOT NULL DEFAULT false;
        ALTER TABLE webhook ALTER has_all_addresses SET DEFAULT true;
        -- The API at which it was registered last, and what that called it.
        ALTER TABLE webhook ADD hook_api text;
        ALTER TABLE webhook ADD hook_id text;
        ALTER TABLE webhook ADD CHECK ((hook_api IS NULL) = (hook_id IS NULL));
        """
}
