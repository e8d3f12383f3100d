import Foundation
import Testing

@testable import HostAPI

@Suite struct SharedAnswersTests {
    private let clock = SetClock()
    private let away = HostAPIError(.unavailable, operation: "ask", subject: "a host", cause: "it is away")

    @Test(arguments: [false, true])
    func `a value that is forgotten while it is renewed does not come back`(isForgotten: Bool) async throws {
        let answers = SharedAnswers<Int, String>(entriesMax: 10) { [clock] in clock.now }
        let first = try await answers.value(of: 1, pause: { _ in .seconds(1) }) { () throws(HostAPIError) in
            .init(value: "old", renewAt: clock.now, endsAt: clock.now + 60)
        }
        #expect(first == "old")
        func renewed() async throws(HostAPIError) -> String {
            try await answers.value(of: 1, pause: { _ in .seconds(1) }) { () throws(HostAPIError) in
                if isForgotten { answers.forget { _, value in value == "old" } }
                throw away
            }
        }
        if isForgotten {
            await #expect(throws: away) { try await renewed() }
        } else {
            #expect(try await renewed() == "old")
        }
    }
}
