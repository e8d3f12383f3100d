import Foundation
import Model
import Testing

@testable import Server

@Suite struct EventRingTests {
    private func event(_ id: Int64) -> Event {
        Event(id: EventID(rawValue: id), at: Date(), kind: "test.happened", actor: "test", message: "", data: [:])
    }

    @Test func `events come in the order in which they became visible, each once`() {
        var ring = EventRing(capacity: 10)
        ring.append([event(1), event(3)])
        ring.append([event(1), event(2), event(3), event(4)])
        #expect(ring.events(after: 0)?.events.map(\.id.rawValue) == [1, 3, 2, 4])
        #expect(ring.latest == EventID(rawValue: 4))
        #expect(ring.newest == 4)
    }

    @Test func `who is further behind than the ring reaches is told so`() {
        var ring = EventRing(capacity: 2)
        ring.append((1...5).map(event))
        #expect(ring.events(after: 2) == nil)
        #expect(ring.events(after: 3)?.events.map(\.id.rawValue) == [4, 5])
        #expect(ring.events(after: 9) == nil)
        #expect(ring.position(of: EventID(rawValue: 2)) == nil)
        #expect(ring.position(of: EventID(rawValue: 4)) == 4)
    }
}
