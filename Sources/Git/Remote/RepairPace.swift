/// How often a mirror may be fetched anew: a few times at once, then after pauses that double.
///
/// Where a disk fails, or something else writes into the mirror, a copy is damaged as soon as it is made; without this
/// it would be fetched for ever.
struct RepairPace {
    /// How many times nothing is waited for.
    static let freeMax = 3
    private static let firstPause = Duration.seconds(10)
    private static let longestPause = Duration.seconds(600)
    /// After this long without a repair all is forgotten.
    private static let memory = Duration.seconds(3600)

    /// The repairs in a row.
    private(set) var count = 0
    private var last: ContinuousClock.Instant?

    /// How long to wait before the next one; nil for not at all.
    func pause(at now: ContinuousClock.Instant) -> Duration? {
        guard let last, count >= Self.freeMax, last.duration(to: now) < Self.memory else { return nil }
        var pause = Self.firstPause
        for _ in Self.freeMax..<count where pause < Self.longestPause { pause *= 2 }
        let rest = min(pause, Self.longestPause) - last.duration(to: now)
        return rest > .zero ? rest : nil
    }

    /// Counts one.
    mutating func note(at now: ContinuousClock.Instant) {
        if let last, last.duration(to: now) >= Self.memory { count = 0 }
        count += 1
        last = now
    }
}
