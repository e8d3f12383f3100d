import Model
import Testing

@Suite struct PlainTextTests {
    @Test func `no control character is left, and letters of all scripts are`() {
        let hostile = "a\u{1B}]0;title\u{7}\r\nb\tc\u{85}\u{2028}\u{2066}"
        #expect(PlainText.line(hostile) == "a ]0;title   b c   ")
        #expect(PlainText.lines(hostile) == "a ]0;title  \nb\tc   ")
        #expect(PlainText.line("über 日本 🎉 עברית") == "über 日本 🎉 עברית")
    }
}
