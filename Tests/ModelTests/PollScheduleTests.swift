import Testing

@testable import Model

@Suite struct `The next look at a repo` {
    private let schedule = PollSchedule(interval: .seconds(30))

    @Test func `comes after the interval`() {
        #expect(schedule.pause(sinceMove: nil, announcedMoves: 0) == .seconds(30))
        #expect(schedule.pause(sinceMove: .seconds(3600), announcedMoves: 2) == .seconds(30))
    }

    @Test func `comes sooner for some minutes after a push`() {
        #expect(schedule.pause(sinceMove: .seconds(10), announcedMoves: 0) == .seconds(5))
        #expect(schedule.pause(sinceMove: .seconds(299), announcedMoves: 0) == .seconds(5))
        #expect(schedule.pause(sinceMove: .seconds(300), announcedMoves: 0) == .seconds(30))
    }

    @Test func `comes later while every push is announced`() {
        #expect(schedule.pause(sinceMove: .seconds(10), announcedMoves: 3) == .seconds(300))
    }

    @Test func `is never hurried below a second, nor above a shorter interval`() {
        #expect(PollSchedule(interval: .seconds(2)).pause(sinceMove: .zero, announcedMoves: 0) == .seconds(1))
        let short = PollSchedule(interval: .milliseconds(200))
        #expect(short.pause(sinceMove: .zero, announcedMoves: 0) == .milliseconds(200))
    }

    @Test func `is spread by a fifth each way`() {
        for (chance, seconds) in [(0, 24.0), (0.5, 30), (1, 36), (7, 36)] {
            let pause = schedule.pause(sinceMove: nil, announcedMoves: 0, chance: chance)
            #expect(pause > .seconds(seconds - 0.001) && pause < .seconds(seconds + 0.001))
        }
    }
}
