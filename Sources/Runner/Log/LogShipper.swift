/// Ships a log to the server, in order, each chunk with its offset.
///
/// The first line goes at once; after that chunks are at least 50 ms apart, so that a line is at the server within
/// 100 ms while a talkative command makes few calls.
struct LogShipper {
    private let log: RunLog
    private let connection: RunConnection
    private let stop: StopSignal
    private static let pause = Duration.milliseconds(50)
    /// How often the end of the log is looked for during a pause.
    private static let step = Duration.milliseconds(2)
    /// How often a chunk is offered that the server cannot store.
    private static let storeTriesMax = 4

    init(log: RunLog, connection: RunConnection, stop: StopSignal) {
        self.log = log
        self.connection = connection
        self.stop = stop
    }

    /// Ships until the log is closed and empty, or the signal is given.
    ///
    /// - Returns: the number of bytes that the server has.
    func run() async -> Int64 {
        var offset: Int64 = 0
        for await _ in log.signals {
            while let chunk = log.chunk(), stop.reason == nil {
                offset += await ship(chunk, at: offset)
                if chunk.count < 128 << 10 { await pause() }
            }
        }
        while let chunk = log.chunk(), stop.reason == nil { offset += await ship(chunk, at: offset) }
        log.abandon()
        return offset
    }

    /// Lets more lines gather, but not when the log has ended: the result of the Run waits for it.
    private func pause() async {
        let end = ContinuousClock.now + Self.pause
        while ContinuousClock.now < end, !log.hasEnded { try? await Task.sleep(for: Self.step) }
    }

    /// Ships one chunk; the number of bytes that the server took.
    private func ship(_ chunk: [UInt8], at offset: Int64) async -> Int64 {
        var backoff = Backoff()
        var storeTries = 0
        while stop.reason == nil {
            switch await connection.call(.post, "log?offset=\(offset)", body: chunk, isJSON: false) {
            case .done:
                log.shipped(chunk.count)
                return Int64(chunk.count)
            case .refused(status: 409, let sentence):
                stop.give(.leaseLost(sentence))
            case .refused:
                log.lost(chunk.count)
                return 0
            case .later(status: 507, _):
                storeTries += 1
                guard storeTries < Self.storeTriesMax else {
                    log.lost(chunk.count)
                    return 0
                }
                try? await Task.sleep(for: backoff.next())
            case .later:
                try? await Task.sleep(for: backoff.next())
            }
        }
        return 0
    }
}
