import Testing

@testable import ocuroot

@Suite struct DurationTextTests {
    @Test(arguments: [
        ("90s", Duration.seconds(90)), ("5m", .seconds(300)), ("1h30m", .seconds(5400)), ("2d", .seconds(172_800)),
        ("500ms", .milliseconds(500)), ("1.5s", .milliseconds(1500)), ("0s", .zero),
    ])
    func `a span is read`(text: String, expected: Duration) {
        #expect(DurationText(text)?.duration == expected)
    }

    @Test(arguments: ["", "5", "s", "5x", "-1s", "1h-2m", "99999999d", "1 m", "1..5s"])
    func `anything else is refused`(text: String) {
        #expect(DurationText(text) == nil)
    }

    @Test func `the default is shown as people write it`() {
        #expect(DurationText(.seconds(300)).defaultValueDescription == "5m")
        #expect(DurationText(.seconds(86_400)).defaultValueDescription == "1d")
        #expect(DurationText(.seconds(30)).defaultValueDescription == "30s")
        #expect(DurationText(.milliseconds(250)).defaultValueDescription == "250ms")
    }
}
