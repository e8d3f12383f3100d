import Blocking
import CLibPQ
import Synchronization

/// One connection to a server. Statements run one after the other, each on the connection's own thread.
public actor PostgresConnection: PostgresClient {
    private let executor = BlockingExecutor(label: "ocuroot.postgres")
    let configuration: PostgresConfiguration
    let interrupt: Interrupt
    var handle: ConnectionHandle?
    var statements: StatementCache
    /// Why there is no handle any more, if it was lost and not closed.
    var loss: String?
    /// Set when the connection works but had better be replaced.
    var isRetired = false
    /// What ``isReusable`` was after the last statement, for a pool to read without a thread switch.
    private let reusable = Atomic(false)

    /// The thread that waits for the server, so that Swift's own threads never do.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(_ configuration: PostgresConfiguration, at site: CallSite) throws(PostgresError) {
        self.configuration = configuration
        interrupt = try Interrupt(at: site)
        statements = StatementCache(countMax: configuration.preparedStatementsMax)
    }

    /// Connects to the server; throws ``PostgresError/Code/configuration`` or ``PostgresError/Code/connection``.
    public static func connect(
        _ configuration: PostgresConfiguration,
        file: String = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) -> PostgresConnection {
        let site = CallSite(file: file, line: line)
        let connection = try PostgresConnection(configuration, at: site)
        try await connection.open(at: site)
        return connection
    }

    private func open(at site: CallSite) throws(PostgresError) {
        handle = try ConnectionHandle(connectingTo: configuration, at: site)
        noteReusable()
    }

    /// Closes the connection after the statement that runs.
    ///
    /// Closing twice is allowed.
    public func close() {
        handle = nil
        noteReusable()
    }

    /// Gives up the statement that runs, if any; it and all that follow throw ``PostgresError/Code/closed``.
    public nonisolated func abort() {
        interrupt.closeForGood()
    }

    /// Whether somebody else may get the connection, now that its last statement has ended.
    nonisolated var wasReusable: Bool { reusable.load(ordering: .acquiring) && !interrupt.isClosed }

    func noteReusable() {
        reusable.store(isReusable, ordering: .releasing)
    }

    /// Runs one statement; see ``PostgresClient``.
    public func run(_ statement: SQL, timeout: Duration?, site: CallSite) async throws(PostgresError) -> Rows {
        let text = statement.text
        let parameters = try SQLParameters(statement.binds, query: text, at: site)
        let deadline = (timeout ?? configuration.statementTimeout).map { ContinuousClock.now + $0 }
        let call = Call(operation: "query", query: text, deadline: deadline, token: interrupt.issue(), site: site)
        return try await cancellable(call, .statement(parameters))
    }

    /// Runs a script of several statements without binds, such as a migration, in one round trip.
    ///
    /// Outside of a transaction all of it is one transaction, unless the script says otherwise itself.
    ///
    /// - Parameter timeout: for the whole script; `nil` means without end.
    public func executeScript(
        _ script: String,
        timeout: Duration? = nil,
        file: String = #fileID,
        line: UInt = #line
    ) async throws(PostgresError) {
        let site = CallSite(file: file, line: line)
        let deadline = timeout.map { ContinuousClock.now + $0 }
        let call = Call(operation: "script", query: script, deadline: deadline, token: interrupt.issue(), site: site)
        _ = try await cancellable(call, .script)
    }

    private enum Content {
        case statement(SQLParameters)
        case script
    }

    /// Runs the call such that cancelling the task stops it.
    private func cancellable(_ call: Call, _ content: Content) async throws(PostgresError) -> Rows {
        let interrupt = interrupt
        let result = await withTaskCancellationHandler {
            // Naming `self` is what keeps the closure on this actor's executor.
            self.result(of: call, content)
        } onCancel: {
            if let token = call.token { interrupt.cancel(token) }
        }
        return try result.get()
    }

    private func result(of call: Call, _ content: Content) -> Result<Rows, PostgresError> {
        Result { () throws(PostgresError) in
            switch content {
            case .statement(let parameters): try perform(call, parameters)
            case .script: Rows(result: try exchange(call) { PQsendQuery($0, call.query) })
            }
        }
    }
}
