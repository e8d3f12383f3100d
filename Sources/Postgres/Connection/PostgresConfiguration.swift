/// Where a database is and how connections to it behave.
public struct PostgresConfiguration: Sendable {
    /// A libpq connection string: `postgresql://…` or `host=… dbname=…`; several hosts are allowed.
    ///
    /// See https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING. It may hold a password; no error
    /// quotes it.
    public var conninfo: String

    /// The name that `pg_stat_activity` shows, unless the connection string has one.
    public var applicationName = "ocuroot"

    /// How long one host may take to accept the connection; at least two seconds, whole seconds only.
    ///
    /// Used unless the connection string says `connect_timeout`.
    public var connectTimeout: Duration = .seconds(5)

    /// How long a statement may take, unless its call says otherwise; `nil` means without end.
    public var statementTimeout: Duration? = .seconds(60)

    /// How many prepared statements a connection keeps; the least recently used one gives way.
    ///
    /// 0 prepares none,
    /// which a connection pooler between us and the server may need.
    public var preparedStatementsMax = 256

    /// How long the server may take to answer a cancellation before the connection is given up.
    public var cancelTimeout: Duration = .seconds(10)

    /// Configures connections to the database that `conninfo` names.
    public init(conninfo: String) {
        self.conninfo = conninfo
    }

    /// What libpq is told, in its order: a later keyword overrides those before, `dbname` standing for all of
    /// `conninfo`.
    var parameters: [(keyword: String, value: String)] {
        [
            ("fallback_application_name", applicationName),
            ("connect_timeout", String(max(2, connectTimeout.components.seconds))),
            ("keepalives_idle", "30"),
            ("keepalives_interval", "10"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"),
            ("dbname", conninfo),
            ("client_encoding", "UTF8"),
        ]
    }
}
