import Testing

@testable import Git

@Suite struct RepairPaceTests {
    @Test func `three repairs come at once, then each waits twice as long, at most ten minutes`() {
        var pace = RepairPace()
        var now = ContinuousClock.now
        var pauses: [Duration?] = []
        for _ in 0..<12 {
            let pause = pace.pause(at: now)
            pauses.append(pause)
            now += pause ?? .zero
            #expect(pace.pause(at: now) == nil)
            pace.note(at: now)
        }
        let expected: [Duration?] = [nil, nil, nil] + [10, 20, 40, 80, 160, 320, 600, 600, 600].map { .seconds($0) }
        #expect(pauses == expected)
    }

    @Test func `an hour without a repair is forgiven`() {
        var pace = RepairPace()
        let now = ContinuousClock.now
        for _ in 0..<5 { pace.note(at: now) }
        #expect(pace.pause(at: now) != nil)
        #expect(pace.pause(at: now + .seconds(3600)) == nil)
        pace.note(at: now + .seconds(3600))
        #expect(pace.count == 1)
    }
}
