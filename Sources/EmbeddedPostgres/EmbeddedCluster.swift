import Logging
import Postgres
import ServiceLifecycle

/// The private PostgreSQL cluster of `ocuroot up`: made on first use, started, watched and stopped.
///
/// The server listens on a unix socket only and runs in a session of its own, so that the terminal's Ctrl-C reaches
/// us and not it. It outlives us if we are killed; the next start ends it first. As root, it runs as the user
/// `ocuroot`, `postgres` or `nobody`, whichever exists.
public actor EmbeddedCluster: Service {
    /// What may take how long, and how large the log may grow.
    public struct Limits: Sendable {
        /// How long the server may take until it accepts connections; after a crash it replays its log first.
        public var start: Duration = .seconds(120)
        /// How long a fast shutdown may take before an immediate one.
        public var fastStop: Duration = .seconds(20)
        /// How long an immediate shutdown may take before the server is killed.
        public var immediateStop: Duration = .seconds(10)
        /// How often in a row the server may die or fail to start before ``EmbeddedCluster/run()`` throws.
        public var failuresMax = 10
        /// The size of `postgres.log` from which on it becomes `postgres.log.1`.
        public var logBytesMax = 8 << 20

        /// The defaults.
        public init() {}
    }

    let path: String
    let programDirectories: [String]?
    let limits: Limits
    let logger: Logger
    var running: RunningCluster?
    var isStopping = false

    /// Describes the cluster below `directory`; ``start()`` makes and starts it.
    ///
    /// - Parameters:
    ///   - directory: the data directory of `ocuroot up`, made if it does not exist. The cluster is in `postgres`,
    ///     the log is `postgres.log`.
    ///   - programDirectories: where to look for PostgreSQL's programs, instead of the usual places.
    public init(
        directory: String,
        programDirectories: [String]? = nil,
        limits: Limits = Limits(),
        logger: Logger
    ) {
        path = directory
        self.programDirectories = programDirectories
        self.limits = limits
        self.logger = logger
    }

    /// Throws ``EmbeddedPostgresError/Code/unreachable`` when the user that PostgreSQL will run as cannot get to a
    /// directory, which need not exist yet.
    ///
    /// Changes nothing, so that a directory that cannot be used stays as it is.
    public static func checkReach(of directory: String) async throws(EmbeddedPostgresError) {
        try await ClusterOwner.current().checkReach(ofFuture: directory)
    }

    /// Makes the cluster if there is none, starts the server, and returns the connection string of the database.
    ///
    /// Starting twice returns the same string. After a throw nothing runs and the directory is free again.
    public func start() async throws(EmbeddedPostgresError) -> String {
        if let running { return running.conninfo }
        let cluster = try await RunningCluster(
            directory: ClusterDirectory(at: path), programDirectories: programDirectories, limits: limits,
            logger: logger)
        running = cluster
        do {
            try await cluster.start()
        } catch {
            await cluster.stop()
            running = nil
            throw error
        }
        return cluster.conninfo
    }

    /// Starts the server if ``start()`` has not, keeps it running until a graceful shutdown or until the task is
    /// cancelled, and stops it.
    ///
    /// A server that dies is started again, after a delay that doubles; throws when that fails too often in a row.
    public func run() async throws {
        do {
            _ = try await start()
            try await cancelWhenGracefulShutdown { try await self.supervise() }
        } catch is CancellationError {
            // The way that supervision ends.
        } catch {
            await stop()
            throw error
        }
        await stop()
    }

    /// Stops the server: fast, then immediately, then by force.
    ///
    /// Stopping twice is allowed.
    public func stop() async {
        guard let cluster = running else { return }
        isStopping = true
        // A task of its own, awaited here: shutting down takes time also when our task is cancelled.
        await Task.detached { await cluster.stop() }.value
        running = nil
        isStopping = false
    }

    /// Looks after the server until the task is cancelled.
    private func supervise() async throws {
        let interval = Duration.milliseconds(200)
        var failures = 0
        var healthySince = ContinuousClock.now
        while let cluster = running, !isStopping {
            try await Task.sleep(for: interval)
            if await cluster.isAlive {
                if ContinuousClock.now - healthySince > .seconds(60) { failures = 0 }
                await cluster.boundLog()
                continue
            }
            try Task.checkCancellation()
            guard !isStopping else { return }
            failures += 1
            try await restart(cluster, failures: failures)
            healthySince = .now
        }
    }

    /// Starts a server that died, after a delay that doubles with each failure in a row.
    private func restart(_ cluster: RunningCluster, failures: Int) async throws {
        let delay = min(.milliseconds(100) * (1 << min(failures - 1, 10)), .seconds(10))
        logger.error(
            "PostgreSQL died and is started again",
            metadata: ["failures": "\(failures)", "delay": "\(delay)", "log": "\(cluster.log.path)"])
        try await Task.sleep(for: delay)
        do {
            try await cluster.start()
        } catch {
            try Task.checkCancellation()
            if failures >= limits.failuresMax { throw error }
            logger.error("PostgreSQL did not start", metadata: ["error": "\(error)"])
        }
    }
}
