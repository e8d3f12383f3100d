import Foundation
import Logging
import Postgres

/// One ownership of a cluster, from taking the lock to releasing it.
actor RunningCluster {
    nonisolated let conninfo: String
    nonisolated let log: ServerLog

    private let directory: ClusterDirectory
    private let socket: SocketDirectory
    private let owner: ClusterOwner
    private let programs: PostgresPrograms
    private let limits: EmbeddedCluster.Limits
    private let logger: Logger
    private var lock: DirectoryLock?
    private var postmaster: Postmaster?

    /// Takes the directory, and makes the cluster if there is none.
    init(
        directory: ClusterDirectory,
        programDirectories: [String]?,
        limits: EmbeddedCluster.Limits,
        logger: Logger
    ) async throws(EmbeddedPostgresError) {
        let lock = try DirectoryLock(file: directory.lock, of: directory.base)
        let owner = try ClusterOwner.current()
        try await owner.checkReach(of: directory.base)
        try await directory.prepare(for: owner)
        let hasCluster = try directory.hasCluster()
        let programs = try await PostgresPrograms.find(
            majorVersion: hasCluster ? try directory.majorVersion() : nil, in: programDirectories)
        if !hasCluster {
            logger.info("making a PostgreSQL cluster", metadata: ["directory": "\(directory.data)"])
            try await directory.initialise(programs, as: owner)
        }
        socket = SocketDirectory(for: directory, owner: owner)
        conninfo = socket.conninfo(database: ClusterDirectory.databaseName)
        log = ServerLog(path: directory.log, bytesMax: limits.logBytesMax)
        self.directory = directory
        self.owner = owner
        self.programs = programs
        self.limits = limits
        self.logger = logger
        self.lock = lock
    }

    var isAlive: Bool { postmaster?.isAlive ?? false }

    /// Ends what is left of an earlier server, starts one, and waits until its database accepts connections.
    func start() async throws(EmbeddedPostgresError) {
        try await endLeftover()
        try socket.prepare(for: owner)
        try log.bound()
        let started = try await spawn()
        postmaster = started
        try await waitUntilReady(started)
        try await makeDatabase()
        logger.info(
            "PostgreSQL runs",
            metadata: [
                "pid": "\(started.pid)", "user": "\(owner.name)", "socket": "\(socket.path)", "log": "\(log.path)",
            ])
    }

    /// Stops the server and releases the directory.
    func stop() async {
        if let postmaster {
            await postmaster.stop(fast: limits.fastStop, immediate: limits.immediateStop)
            await Postmaster.endOrphans(in: directory.data)
            socket.remove()
        }
        postmaster = nil
        lock = nil
    }

    func boundLog() {
        do throws(EmbeddedPostgresError) {
            try log.bound()
        } catch {
            logger.warning("postgres.log cannot be kept small", metadata: ["error": "\(error)"])
        }
    }

    private func endLeftover() async throws(EmbeddedPostgresError) {
        if let leftover = Postmaster.running(in: directory.data) {
            logger.warning("stopping a PostgreSQL that an earlier process left", metadata: ["pid": "\(leftover.pid)"])
            await leftover.stop(fast: limits.fastStop, immediate: limits.immediateStop)
        }
        await Postmaster.endOrphans(in: directory.data)
        // We hold the lock and nobody serves the cluster: what these files name is gone, or somebody else's process.
        for file in ["\(directory.data)/postmaster.pid"] + socket.files {
            guard unlink(file) == 0 || errno == ENOENT else { throw FileFailure.last("remove", file) }
        }
    }

    /// Starts the server in the background of a shell that ends at once; it prints the process id.
    ///
    /// The shell goes to the data directory first: that is how ``Postmaster`` knows its own from other processes.
    private func spawn() async throws(EmbeddedPostgresError) -> Postmaster {
        let script = "cd \"$1\" && log=$2 && shift 2 && { \"$@\" </dev/null >>\"$log\" 2>&1 & echo $!; }"
        let server = [programs.path(of: "postgres"), "-D", directory.data]
        let shell = Command(
            "/bin/sh",
            ["-c", script, "sh", directory.data, log.path] + server
                + ClusterSettings.arguments(socketDirectory: socket.path))
        let outcome = try await shell.run(as: owner, inNewSession: true)
        let text = outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
        guard outcome.isSuccess, let pid = pid_t(text) else {
            throw EmbeddedPostgresError(.start, "start", programs.path(of: "postgres"), outcome.tail)
        }
        return Postmaster(pid: pid, dataDirectory: directory.data)
    }

    private func waitUntilReady(_ postmaster: Postmaster) async throws(EmbeddedPostgresError) {
        let configuration = PostgresConfiguration(conninfo: socket.conninfo(database: "postgres"))
        let deadline = ContinuousClock.now + limits.start
        while true {
            do throws(PostgresError) {
                let connection = try await PostgresConnection.connect(configuration)
                await connection.close()
                return
            } catch {
                let isOver = ContinuousClock.now > deadline || !postmaster.exists
                let isCancelled = (try? await Task.sleep(for: .milliseconds(20))) == nil
                guard isOver || isCancelled else { continue }
                throw EmbeddedPostgresError(
                    .start, "start", "PostgreSQL in \(directory.data)",
                    "it does not accept connections; its log \(log.path) ends with: \(log.tail())", cause: error)
            }
        }
    }

    private func makeDatabase() async throws(EmbeddedPostgresError) {
        let name = ClusterDirectory.databaseName
        do throws(PostgresError) {
            let connection = try await PostgresConnection.connect(
                PostgresConfiguration(conninfo: socket.conninfo(database: "postgres")))
            if try await connection.query("SELECT 1 FROM pg_database WHERE datname = \(name)").isEmpty {
                try await connection.execute("CREATE DATABASE \(identifier: name)")
            }
            await connection.close()
        } catch {
            throw EmbeddedPostgresError(
                .start, "make the database in", directory.data, "it cannot be made", cause: error)
        }
    }
}
