import Testing

@testable import ocuroot

@Suite struct TextTableTests {
    private func table() -> TextTable {
        var table = TextTable(["PACKAGE", "STATE", "REASON"])
        table.append(["api", .init("synced", .green), ""])
        table.append(["frontend", .init("waiting", .yellow), "needs an approval from operations"])
        return table
    }

    @Test func `columns line up and lines have no blanks at their end`() {
        #expect(
            table().lines() == [
                "PACKAGE   STATE    REASON",
                "api       synced",
                "frontend  waiting  needs an approval from operations",
            ])
    }

    @Test func `the last column is cut to the terminal's width`() {
        let lines = table().lines(width: 32)
        #expect(lines[2] == "frontend  waiting  needs an app…")
        #expect(lines.allSatisfy { $0.count <= 32 })
    }

    @Test func `what a terminal would obey is blank, whoever wrote it`() {
        var table = TextTable(["BY", "REASON"])
        table.append([.init("E\u{1B}[31mve"), "one\nline\u{2028}\u{202E}\u{9B}2J\u{7}"])
        #expect(table.lines()[1] == "E [31mve  one line   2J ")
    }

    @Test func `colours do not move columns`() {
        let lines = table().lines { text, style in "<\(style.rawValue)>\(text)" }
        #expect(lines[1] == "api       <32>synced")
        #expect(lines[2] == "frontend  <33>waiting  needs an approval from operations")
    }
}
