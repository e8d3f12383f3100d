import Foundation
import HTTPClient
import Synchronization
import Testing

@testable import Server

@Suite struct LiveTests {
    private let clock = ContinuousClock()

    @Test func `a change between the look and the wait is not missed`() async {
        let signal = ChangeSignal()
        let seen = signal.count
        signal.advance()
        let start = clock.now
        await signal.wait(past: seen, atMost: .seconds(60))
        #expect(clock.now - start < .seconds(30))
    }

    @Test func `every waiter is woken by one change`() async {
        let signal = ChangeSignal()
        let start = clock.now
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { await signal.wait(past: 0, atMost: .seconds(60)) } }
            group.addTask { signal.advance() }
        }
        #expect(clock.now - start < .seconds(30))
    }

    @Test func `a wait ends when its time is up, and when its task is cancelled`() async {
        let signal = ChangeSignal()
        let start = clock.now
        await signal.wait(past: signal.count, atMost: .milliseconds(30))
        #expect(clock.now - start >= .milliseconds(30))
        let waiting = Task { await signal.wait(past: signal.count, atMost: .seconds(60)) }
        waiting.cancel()
        await waiting.value
        #expect(clock.now - start < .seconds(30))
    }

    @Test func `a long poll looks again at each change until the answer is final`() async throws {
        let signal = ChangeSignal()
        let looks = Mutex(0)
        let answer = try await LongPoll(signal: signal).run(for: .seconds(60)) {
            $0 == 3
        } look: {
            signal.advance()
            return looks.withLock { count in
                count += 1
                return count
            }
        }
        #expect(answer == 3)
    }

    @Test func `places are given back`() {
        let places = Places(1)
        var place = places.take()
        #expect(place != nil)
        #expect(places.take() == nil)
        place = nil
        #expect(places.take() != nil)
    }

    @Test func `a shutdown does not wait for those who follow`() async throws {
        let streams = Mutex<[HTTPResponseStream]>([])
        let end = Mutex<ContinuousClock.Instant?>(nil)
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            var request = server.request(.get, "/events", token: nil)
            request.timeouts = .stream
            let stream = try await server.session.open(request)
            #expect(stream.status == 200)
            streams.withLock { $0.append(stream) }
            end.withLock { $0 = .now }
        }
        let stopped = try #require(end.withLock { $0 })
        #expect(clock.now - stopped < .seconds(10))
        #expect(streams.withLock(\.count) == 1)
    }
}
