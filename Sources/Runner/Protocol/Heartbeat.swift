/// Keeps the lease of a Run, and gives the stop signal when it is lost.
///
/// Runs as a task beside the function, which has a thread of its own. The lease counts from the moment a heartbeat
/// that was answered had been sent. What the runner started must have ended before the lease has, so the signal is
/// given a margin earlier.
struct Heartbeat {
    private let connection: RunConnection
    private let stop: StopSignal
    private let lease: Duration
    private let margin: Duration

    /// Makes a heartbeat for a lease of so many seconds.
    init(connection: RunConnection, stop: StopSignal, leaseSeconds: Int) {
        self.connection = connection
        self.stop = stop
        lease = .seconds(max(1, leaseSeconds))
        margin = min(.seconds(5), lease / 4)
    }

    /// Beats until the signal is given or the task is cancelled.
    ///
    /// - Parameter start: when the start call that was answered had been sent.
    func run(from start: ContinuousClock.Instant) async {
        var leaseStart = start
        var pause = interval
        var backoff = Backoff()
        while true {
            stop.expire(at: leaseStart + lease - margin)
            guard stop.reason == nil, !Task.isCancelled, (try? await Task.sleep(for: pause)) != nil else { return }
            let sentAt = ContinuousClock.now
            let left = leaseStart + lease - margin - sentAt
            guard left > .zero else {
                stop.give(.leaseLost("the server was not reached for \(lease - margin)"))
                return
            }
            switch await connection.call(.post, "heartbeat", timeout: min(.seconds(5), left)) {
            case .done:
                leaseStart = sentAt
                pause = interval
                backoff = Backoff()
            case .refused(_, let sentence):
                if !Task.isCancelled { stop.give(.leaseLost(sentence)) }
                return
            case .later:
                pause = min(backoff.next(), max(.zero, leaseStart + lease - margin - .now))
            }
        }
    }

    /// Three heartbeats a lease, at most 10 s apart.
    private var interval: Duration { min(.seconds(10), lease / 3) }
}
