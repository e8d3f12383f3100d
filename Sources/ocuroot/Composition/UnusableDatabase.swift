import Postgres
import Store

/// A database that a server cannot begin with.
enum UnusableDatabase {
    /// What a person is told: the database's own words, without the place in our code.
    ///
    /// - Parameter isOwn: whether it is the cluster that `up` makes, which has no address to check.
    static func asCommandError(_ error: StoreError, isOwn: Bool) -> CommandError {
        let words = (error.cause as? PostgresError).map { ": \($0.message)" } ?? ""
        let hint =
            isOwn
            ? "the log above may say more; --log-level debug logs more"
            : "check --database-url or OCUROOT_DATABASE_URL, and that PostgreSQL runs there and lets this user in"
        return CommandError("the database cannot be used: \(error.reason)\(words)", hint: hint)
    }
}
