/// Draws the line being typed, over as many rows as it takes.
struct LineView {
    private let columns: Int
    /// The row that the cursor is on, counted from the row of the prompt.
    private var row = 0

    init(columns: Int) {
        self.columns = max(8, columns)
    }

    /// The bytes that draw the line again in place of what was drawn last.
    mutating func draw(prompt: String, _ line: LineBuffer) -> String {
        var output = row > 0 ? "\u{1B}[\(row)A" : ""
        output += "\r\u{1B}[J"
        let head = prompt + line.head
        let shown = Self.shown(prompt + line.text)
        output += shown.replacing("\n", with: "\r\n")
        let end = place(after: prompt + line.text)
        // A row that is exactly full leaves the cursor on it: a space brings it to the next.
        if end.column == 0, end.row > 0 { output += " \r" }
        let cursor = place(after: head)
        if end.row > cursor.row { output += "\u{1B}[\(end.row - cursor.row)A" }
        output += "\r" + (cursor.column > 0 ? "\u{1B}[\(cursor.column)C" : "")
        row = cursor.row
        return output
    }

    /// The bytes that move below the line, where output goes on.
    mutating func leave(prompt: String, _ line: LineBuffer) -> String {
        let end = place(after: prompt + line.text)
        defer { row = 0 }
        return (end.row > row ? "\u{1B}[\(end.row - row)B" : "") + "\r\n"
    }

    /// Starts over at the row where the cursor now stands.
    mutating func reset() { row = 0 }

    /// Where the cursor stands after a text.
    private func place(after text: String) -> (row: Int, column: Int) {
        var row = 0
        var column = 0
        for character in Self.shown(text) {
            if character == "\n" {
                row += 1
                column = 0
                continue
            }
            let width = DisplayWidth.of(character)
            if column + width > columns {
                row += 1
                column = 0
            }
            column += width
            if column == columns {
                row += 1
                column = 0
            }
        }
        return (row, column)
    }

    private static func shown(_ text: String) -> String { text.replacing("\t", with: "    ") }
}
