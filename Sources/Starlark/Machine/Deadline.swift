/// When an evaluation must have ended; behind a reference, because the size of an instant is not known when compiling.
final class Deadline {
    let instant: ContinuousClock.Instant

    init(_ instant: ContinuousClock.Instant) { self.instant = instant }
}
