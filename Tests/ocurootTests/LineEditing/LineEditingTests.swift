import Foundation
import Testing

@testable import ocuroot

@Suite struct LineEditingTests {
    private func edited(_ text: String, _ keys: Key...) -> (text: String, cursor: Int) {
        var line = LineBuffer(text)
        for key in keys { _ = line.apply(key) }
        return (line.text, line.cursor)
    }

    @Test func `keys move and edit by character and by word`() {
        #expect(edited("abc", .left, .text("x")) == ("abxc", 3))
        #expect(edited("abc", .home, .delete, .right, .backspace) == ("c", 0))
        #expect(edited("one two.three", .wordLeft, .wordLeft) == ("one two.three", 4))
        #expect(edited("one two", .home, .wordRight) == ("one two", 3))
        #expect(edited("one two", .killWord, .home, .yank) == ("twoone ", 3))
        #expect(edited("one two", .home, .killToEnd, .yank, .yank) == ("one twoone two", 14))
        #expect(edited("ab", .left, .killToStart) == ("b", 0))
    }

    @Test func `a character of several scalars is deleted whole`() {
        #expect(edited("a👩‍👩‍👧", .backspace) == ("a", 1))
    }

    @Test func `the cursor is drawn where it stands, also on a later row and after wide characters`() {
        var view = LineView(columns: 10)
        #expect(view.draw(prompt: "> ", LineBuffer("ab")) == "\r\u{1B}[J> ab\r\u{1B}[4C")
        #expect(view.draw(prompt: "> ", LineBuffer("日本")) == "\r\u{1B}[J> 日本\r\u{1B}[6C")
        #expect(view.draw(prompt: "> ", LineBuffer("0123456789")) == "\r\u{1B}[J> 0123456789\r\u{1B}[2C")
        // The cursor was on the second row: the next drawing begins one row higher.
        #expect(view.draw(prompt: "> ", LineBuffer("")) == "\u{1B}[1A\r\u{1B}[J> \r\u{1B}[2C")
    }

    @Test func `a completion inserts what all candidates share, and lists them`() {
        let one = Completion(word: "le", among: ["len", "list", "_leap"])
        #expect(one.insertion == "n" && one.candidates == ["len"])
        let two = Completion(word: "l", among: ["list", "listing", "len"])
        #expect(two.insertion == "" && two.candidates == ["len", "list", "listing"])
        #expect(two.listing(columns: 20) == ["len      list", "listing"])
        #expect(Completion(word: "zz", among: ["a"]).candidates.isEmpty)
    }

    @Test(arguments: [
        ("x = ctx.build.al", ["ctx", "build", "al"]), ("f(a.", ["a", ""]), ("1 + ", [""]), ("3.5", []),
        ("foo", ["foo"]),
        ("", [""]), ("a..b", []),
    ])
    func `the path before the cursor is found`(head: String, path: [String]) {
        #expect(NameCompletion.path(at: head) == path)
    }

    @Test func `history is kept between sessions, without repeats, and bounded`() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString + "/history"
        defer { try? FileManager.default.removeItem(atPath: (path as NSString).deletingLastPathComponent) }
        var first = LineHistory(path: path)
        for number in 0..<1200 { first.add("line \(number)") }
        first.add("line 1199")
        first.add("   ")
        first.add(String(repeating: "x", count: 5000))
        try first.save()
        var second = LineHistory(path: path)
        #expect(second.lines.count == 1000)
        #expect(second.previous(current: "typed") == "line 1199")
        #expect(second.previous(current: "line 1199") == "line 1198")
        #expect(second.next() == "line 1199")
        #expect(second.next() == "typed")
        #expect(second.next() == nil)
    }
}
