import Foundation
import GitHosts
import Synchronization

/// Sends a signed push again and again, each time under another name, over connections that are kept.
///
/// A thread a connection, which writes prepared bytes and reads the answer's, so that it costs far less than what it
/// measures.
final class WebhookLoad: Sendable {
    /// Stands in the prepared bytes where the delivery's name belongs.
    static let placeholder = "00000000-0000-0000-0000-000000000000"

    /// What one run came to.
    struct Result {
        /// Answers a second.
        let rate: Double
        /// Milliseconds from when each was due to be sent until its answer was read.
        let milliseconds: [Double]

        func quantile(_ share: Double) -> Double { milliseconds.quantile(share) }
    }

    private struct Tally {
        var milliseconds: [Double] = []
        var failure: String?
    }

    private let port: UInt16
    private let before: [UInt8]
    private let after: [UInt8]
    private let sent = Atomic<Int>(0)

    init(url: String, push: WebhookRequest) throws {
        guard let address = URL(string: url), let port = address.port else { throw BenchError("no port in \(url)") }
        self.port = UInt16(port)
        var head = "POST \(address.path) HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \(push.body.count)\r\n"
        for (name, value) in push.headers where value != Self.placeholder { head += "\(name): \(value)\r\n" }
        guard let name = push.headers.first(where: { $0.value == Self.placeholder })?.key else {
            throw BenchError("the push has no name")
        }
        before = Array((head + name + ": ").utf8)
        after = Array("\r\n\r\n".utf8) + push.body
    }

    /// How many deliveries were answered with 202 in all runs.
    var accepted: Int { sent.load(ordering: .relaxed) }

    /// Sends for a while.
    ///
    /// - Parameters:
    ///   - connections: how many send at once.
    ///   - rate: how many a second over all connections; nil for as many as are answered.
    func run(seconds: Double, connections: Int, rate: Double?) throws -> Result {
        let tally = Mutex(Tally())
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        let done = DispatchSemaphore(value: 0)
        for number in 0..<connections {
            let thread = Thread { [self] in
                var latencies: [Double] = []
                var failure: String?
                do {
                    let pause = rate.map { Duration.seconds(1 / $0) }
                    latencies = try exchange(
                        from: start + (pause ?? .zero) * number, to: end, every: pause.map { $0 * connections })
                } catch {
                    failure = "\(error)"
                }
                tally.withLock { tally in
                    tally.milliseconds += latencies
                    tally.failure = tally.failure ?? failure
                }
                done.signal()
            }
            thread.start()
        }
        for _ in 0..<connections { done.wait() }
        let passed = (clock.now - start).seconds
        let result = tally.withLock { $0 }
        if let failure = result.failure { throw BenchError(failure) }
        return Result(rate: Double(result.milliseconds.count) / passed, milliseconds: result.milliseconds)
    }

    /// One connection's part: one after the other, or each due at its own time whatever came before.
    private func exchange(
        from start: ContinuousClock.Instant, to end: ContinuousClock.Instant, every interval: Duration?
    ) throws -> [Double] {
        let connection = try WebhookConnection(port: port)
        var latencies: [Double] = []
        var count = 0
        while true {
            var due = ContinuousClock.now
            if let interval {
                due = start + interval * count
                let pause = (due - .now).seconds
                if pause > 0 { Thread.sleep(forTimeInterval: pause) }
            }
            guard due < end else { return latencies }
            let name = sent.add(1, ordering: .relaxed).newValue
            let status = try connection.exchange(before + Array("bench-\(getpid())-\(name)".utf8) + after)
            guard status == 202 else { throw BenchError("a delivery was answered with status \(status)") }
            latencies.append((ContinuousClock.now - due).seconds * 1_000)
            count += 1
        }
    }
}
