import CCurl
import Glibc
import Synchronization

/// The thread that drives libcurl for one session, and the inbox through which tasks speak to it.
///
/// The thread owns every easy handle; the rest of the process only appends commands and wakes it.
final class Engine: Sendable {
    /// What a task asks of the thread.
    enum Command: Sendable {
        case start(Transfer)
        case cancel(Transfer)
        case resume(Transfer)
    }

    private struct Inbox {
        var commands: [Command] = []
        var liveTransfers = 0
        var isStopped = false
    }

    let configuration: HTTPSession.Configuration
    private let multi: MultiHandle
    private let inbox = Mutex(Inbox())

    /// Starts the thread.
    ///
    /// - Throws: `libraryFailure` when libcurl or the system has no memory or threads left.
    init(_ configuration: HTTPSession.Configuration) throws(HTTPError) {
        guard CurlLibrary.isReady, let multi = MultiHandle(configuration) else {
            throw Self.startFailure("libcurl could not be initialised; the process may be out of memory")
        }
        self.configuration = configuration
        self.multi = multi
        guard EngineThread.start({ [self] in run() }) else {
            multi.close()
            throw Self.startFailure("no thread could be started; see `ulimit -u`")
        }
    }

    /// Hands a command to the thread; a stopped engine ends a transfer that was to start.
    func submit(_ command: Command) {
        let refusal = inbox.withLock { inbox -> (code: HTTPError.Code, cause: String)? in
            if inbox.isStopped { return (.cancelled, "the session is closed") }
            if case .start = command {
                if inbox.liveTransfers >= configuration.transfersMax {
                    return (.overloaded, "the session already has \(inbox.liveTransfers) transfers")
                }
                inbox.liveTransfers += 1
            }
            inbox.commands.append(command)
            multi.wake()
            return nil
        }
        guard let refusal, case .start(let transfer) = command else { return }
        transfer.finish(.failure(HTTPError(refusal.code, transfer.request, cause: refusal.cause)))
    }

    /// Ends every transfer and the thread.
    ///
    /// May be called again.
    func stop() {
        inbox.withLock { inbox in
            guard !inbox.isStopped else { return }
            inbox.isStopped = true
            multi.wake()
        }
    }

    private func run() {
        let loop = TransferLoop(multi, configuration) { [self] in inbox.withLock { $0.liveTransfers -= 1 } }
        while true {
            let (commands, isStopped) = takeCommands()
            for command in commands { loop.handle(command) }
            if isStopped { break }
            loop.turn()
        }
        loop.endAll()
        multi.close()
    }

    private func takeCommands() -> (commands: [Command], isStopped: Bool) {
        inbox.withLock { inbox in
            defer { inbox.commands = [] }
            return (inbox.commands, inbox.isStopped)
        }
    }

    private static func startFailure(_ cause: String) -> HTTPError {
        HTTPError(code: .libraryFailure, operation: "start", subject: "an HTTP session", cause: cause, hint: "")
    }
}
