import Synchronization

/// Lets so many through a second by key, after a burst, and remembers no more than so many keys.
///
/// When the table is full of keys that are in use, newcomers share one bucket: a flood from ever new addresses takes
/// from one another, and nothing from those who were there before.
final class RateLimit<Key: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var at: ContinuousClock.Instant
    }

    private struct State {
        var buckets: [Key: Bucket] = [:]
        var shared: Bucket
        var sweptAt: ContinuousClock.Instant?
    }

    /// How long a full table stays as it is: clearing it looks at every key, which a flood must not ask for each time.
    private static var sweepPause: Duration { .seconds(1) }

    private let perSecond: Double
    private let burst: Double
    private let keysMax: Int
    private let state: Mutex<State>

    init(perSecond: Double, burst: Double, keysMax: Int) {
        self.perSecond = perSecond
        self.burst = max(1, burst)
        self.keysMax = keysMax
        state = Mutex(State(shared: Bucket(tokens: max(1, burst), at: .now)))
    }

    /// How many keys are remembered.
    var keyCount: Int { state.withLock(\.buckets.count) }

    /// Whether one more of this key may pass now.
    func take(_ key: Key, at now: ContinuousClock.Instant = .now) -> Bool {
        state.withLock { state in
            if state.buckets[key] == nil, state.buckets.count >= keysMax,
                state.sweptAt.map({ now - $0 >= Self.sweepPause }) ?? true
            {
                state.sweptAt = now
                state.buckets = state.buckets.filter { refilled($0.value, at: now).tokens < burst }
            }
            guard state.buckets[key] != nil || state.buckets.count < keysMax else {
                return take(from: &state.shared, at: now)
            }
            return take(from: &state.buckets[key, default: Bucket(tokens: burst, at: now)], at: now)
        }
    }

    private func take(from bucket: inout Bucket, at now: ContinuousClock.Instant) -> Bool {
        bucket = refilled(bucket, at: now)
        guard bucket.tokens >= 1 else { return false }
        bucket.tokens -= 1
        return true
    }

    private func refilled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Bucket {
        let passed = (now - bucket.at) / .seconds(1)
        return Bucket(tokens: min(burst, bucket.tokens + max(0, passed) * perSecond), at: max(now, bucket.at))
    }
}
