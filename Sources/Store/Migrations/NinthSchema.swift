/// Migration 9: GitHub Apps among the credentials.
enum NinthSchema {
    /// The statements.
    static let script = """
        ALTER TABLE credential DROP CONSTRAINT credential_kind_check;
        ALTER TABLE credential ADD CONSTRAINT credential_kind_check CHECK (
            kind IN ('password', 'ssh-key', 'known-hosts', 'client-certificate', 'proxy', 'github-app'));
        """
}
