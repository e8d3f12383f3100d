/// The settings that differ from PostgreSQL's defaults: reachable through the socket only, and small.
struct ClusterSettings {
    static let fileName = "ocuroot.conf"

    /// A directory whose name needs no quoting.
    let socketDirectory: String

    /// The file's content.
    var text: String {
        """
        # Written by ocuroot at each start; changes here are lost. Later lines of postgresql.conf win.
        listen_addresses = ''
        unix_socket_directories = '\(socketDirectory)'
        unix_socket_permissions = 0700
        port = 5432
        cluster_name = 'ocuroot'
        max_connections = 100
        shared_buffers = 128MB
        fsync = on
        synchronous_commit = on
        wal_level = minimal
        max_wal_senders = 0
        max_wal_size = 512MB
        jit = off
        timezone = 'UTC'
        log_timezone = 'UTC'
        log_destination = 'stderr'
        logging_collector = off
        log_line_prefix = '%m [%p] '
        log_checkpoints = off

        """
    }
}
