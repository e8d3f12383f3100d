import Testing

@testable import Config

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("90s", Duration.seconds(90)), ("5m", .seconds(300)), ("1h30m", .seconds(5400)), ("2d", .seconds(172_800)),
        ("250ms", .milliseconds(250)), ("1.5h", .seconds(5400)), ("0s", .zero),
    ])
    func `the SDK's durations are read`(text: String, duration: Duration) {
        #expect(DurationText.parse(text) == duration)
    }

    @Test(arguments: ["", "5", "m", "-5m", "5 m", "5x", "1.h", ".5h", "99999999999999999999s", "4000d", "5m "])
    func `what is no duration is refused`(text: String) {
        #expect(DurationText.parse(text) == nil)
    }
}
