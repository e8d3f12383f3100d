/// The settings that differ from PostgreSQL's defaults: reachable through the socket only, and small.
enum ClusterSettings {
    /// What decides who reaches the server: given on the command line, where no file can override it.
    static func arguments(socketDirectory: String) -> [String] {
        let settings = [
            "listen_addresses=", "unix_socket_directories=\(socketDirectory)", "unix_socket_permissions=0700",
            "port=5432", "fsync=on", "full_page_writes=on", "logging_collector=off", "log_destination=stderr",
        ]
        return settings.flatMap { ["-c", $0] }
    }

    /// What is added to `postgresql.conf` when the cluster is made, for its owner to change.
    static let file = """

        # The cluster of ocuroot up. Who reaches the server is set on its command line.
        cluster_name = 'ocuroot'
        max_connections = 100
        shared_buffers = 128MB
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = 512MB
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_line_prefix = '%m [%p] '
        log_checkpoints = off

        """
}
