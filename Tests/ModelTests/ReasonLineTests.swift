import Model
import Testing

@Suite struct ReasonLineTests {
    private static let calls = "\nTraceback (most recent call last):\n  api/package.ocu.star:3:1: in build"

    @Test(arguments: [
        ("", ""),
        ("not yet", "not yet"),
        ("not yet" + Self.calls, "not yet"),
        ("steps used up\nbacktrace", "steps used up"),
        ("`make` exited with 2:\none\n  two  \n \n" + Self.calls.dropFirst(), "`make` exited with 2: two  "),
        ("`make` exited with 2:" + Self.calls, "`make` exited with 2:"),
        (
            "`x.py` exited with 1:\nTraceback (most recent call last):\n  File x\nValueError: no" + Self.calls,
            "`x.py` exited with 1: ValueError: no"
        ),
    ])
    func `a reason's line holds the cause`(reason: String, line: String) {
        #expect(ReasonLine.text(of: reason) == line)
    }

    @Test func `the line is bounded, and says where more is when it knows nothing`() {
        let long = ReasonLine.text(of: "exited:\n" + String(repeating: "x", count: 5_000))
        #expect(long.count < 200 && long.hasSuffix("…"))
        #expect(ReasonLine.text(of: "exited:", fallback: "see the log") == "exited: see the log")
    }
}
