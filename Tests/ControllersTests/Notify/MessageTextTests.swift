import Foundation
import Model
import Testing

@testable import NotifyController

@Suite struct MessageTextTests {
    private func event(_ kind: String, _ message: String) -> EventFacts {
        var event = EventFacts(
            Event(id: EventID(rawValue: 1), at: Date(), kind: kind, actor: "sync", message: message, data: [:]))
        event.repo = "shop"
        event.package = "api"
        event.environment = "prod"
        event.build = EventFacts.Build(id: BuildID(rawValue: 7), sequence: 12, alias: nil)
        event.commit = CommitID(hex: "0123456789abcdef0123456789abcdef01234567")
        event.subject = "Add <b> & co"
        event.author = "Ann <ann@example.com>"
        return event
    }

    @Test func `a person reads what happened, to which build of which commit, by whom, and where to look`() {
        let link = StatusLink("https://ci.example.com/").url("shop//api@prod")
        #expect(
            MessageText.line(event("deployment.failed", "deploy of api@prod failed: exit 1"), link: link)
                == ":x: deploy of api@prod failed: exit 1 · build 12, `01234567` · _Add &lt;b&gt; &amp; co_ · by Ann · "
                + "<https://ci.example.com/#shop//api@prod|status>")
    }

    @Test func `nothing that others write becomes a link, a mention or a second line`() {
        let line = MessageText.line(event("build.failed", "<!channel> & <http://evil|click>\nmore"), link: nil)
        #expect(line.contains("&lt;!channel&gt; &amp; &lt;http://evil|click&gt;"))
        #expect(!line.contains("\n") && !line.contains("<"))
        #expect(MessageText.escaped("<\u{301}!channel>\u{301}&\u{301}") == "&lt;\u{301}!channel&gt;\u{301}&amp;\u{301}")
    }

    @Test func `a long message is cut`() {
        let line = MessageText.line(event("build.failed", String(repeating: "x", count: 5_000)), link: nil)
        #expect(line.count < 600)
    }

    @Test func `a server without a public address gives no link`() {
        #expect(StatusLink(nil).url("shop") == nil)
        #expect(StatusLink("https://h").url("") == "https://h/")
        #expect(StatusLink("https://h").url("a|b>") == "https://h/#a%7Cb%3E")
    }

    @Test(arguments: [
        ("deployment.failed", "deployment.*", true), ("build.failed", "deployment.*", false), ("abc", "a?c", true),
        ("abc", "*", true), ("", "*", true), ("abc", "ab", false), ("aXbXc", "a*b*c", true), ("abc", "abc*", true),
        (String(repeating: "a", count: 2000), String(repeating: "*a", count: 50) + "b", false),
    ])
    func `a pattern fits whole names`(text: String, pattern: String, isMatch: Bool) {
        #expect(NameGlob(pattern).fits(text) == isMatch)
    }
}
