import Config
import Git
import Model

/// Executes one Run in this process: takes it, checks the commit out, calls the function, posts how it ended.
///
/// Meanwhile the log is shipped and the lease kept, each by a task of its own, while the function has a thread.
public struct RunExecution: Sendable {
    private let run: RunID
    private let server: RunnerServer
    private let directory: String
    private let mirrors: String?
    private let environment: [String: String]
    private let slotsMax: Int
    private let signal = StopSignal()

    /// Makes an execution; nothing happens before it is called.
    ///
    /// - Parameters:
    ///   - run: the Run.
    ///   - server: where it is taken, with the token.
    ///   - directory: where this machine's runners work: DIR/runner of the data directory. Made if missing.
    ///   - mirrors: DIR/mirrors of a server on this machine, whose repositories need no fetch; nil for none.
    ///   - environment: what `host.env_var` and commands see; must hold no credential of the runner.
    ///   - slotsMax: how many Runs of one repo may work on this machine at once; more wait.
    public init(
        run: RunID, server: RunnerServer, directory: String, mirrors: String?, environment: [String: String],
        slotsMax: Int = 16
    ) {
        self.run = run
        self.server = server
        self.directory = directory
        self.mirrors = mirrors
        self.environment = environment
        self.slotsMax = slotsMax
    }

    /// Executes the Run.
    ///
    /// - Returns: what was posted; a function that failed is a result with an error.
    /// - Throws: when the Run could not be taken, the lease was lost or the runner was told to stop: nothing was
    ///   posted then, and everything that was started has ended.
    public func callAsFunction() async throws(RunnerError) -> RunResult {
        let connection = try RunConnection(run: run, server: server)
        async let prepared = Self.prepareEvaluator()
        let (start, sentAt) = try await connection.start(run)
        let evaluator = await prepared
        let spec = start.spec
        let log = RunLog(bytesMax: spec.logBytesMax)
        let requests = WebRequests(stop: signal)
        let heartbeat = Heartbeat(connection: connection, stop: signal, leaseSeconds: spec.leaseSeconds)
        let shipper = LogShipper(log: log, connection: connection, stop: signal)
        let outcome: Result<RunResult, RunnerError> = await withTaskGroup(of: Void.self) { group in
            group.addTask { await heartbeat.run(from: sentAt) }
            group.addTask { await requests.run() }
            async let shipped = shipper.run()
            let work = RunWork(
                spec: spec, directory: directory, mirrors: mirrors, environment: environment, slotsMax: slotsMax,
                connection: connection, evaluator: evaluator, log: log, stop: signal, requests: requests)
            var result = await work.execute()
            requests.close()
            log.close()
            result.logBytes = await shipped
            result.logBytesDropped = log.droppedBytes
            defer { group.cancelAll() }
            return await post(result, connection)
        }
        return try outcome.get()
    }

    /// Ends the execution as soon as possible: what it started is ended, and nothing is posted.
    ///
    /// May be called from any thread, any number of times.
    public func stop() {
        signal.give(.told)
    }

    /// Makes ready what every Run needs, while the server is being asked for this one.
    private static func prepareEvaluator() async -> ConfigEvaluator {
        // When libgit2 does not start, the checkout says so.
        try? GitLibrary.start()
        return ConfigEvaluator()
    }

    private func post(_ result: RunResult, _ connection: RunConnection) async -> Result<RunResult, RunnerError> {
        switch signal.reason {
        case .told:
            return .failure(
                RunnerError(.stopped, operation: "finish", subject: "\(run)", cause: "the runner was told to stop"))
        case .leaseLost(let cause):
            return .failure(RunnerError(.leaseLost, operation: "finish", subject: "\(run)", cause: cause))
        case nil:
            do throws(RunnerError) {
                try await connection.post(result, of: run, stop: signal)
                return .success(result)
            } catch {
                return .failure(error)
            }
        }
    }
}
