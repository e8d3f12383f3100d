import Model

/// Rows of cells, printed in columns that line up.
struct TextTable: Sendable {
    /// A cell: its text, and how it is styled on a terminal.
    struct Cell: Sendable, ExpressibleByStringLiteral {
        let text: String
        let style: TextStyle

        init(_ text: String, _ style: TextStyle = .plain) {
            self.text = PlainText.line(text)
            self.style = style
        }

        init(stringLiteral value: String) {
            self.init(value)
        }
    }

    private let header: [String]
    private var rows: [[Cell]] = []

    /// Makes an empty table.
    ///
    /// - Parameter header: a name for each column.
    init(_ header: [String]) {
        self.header = header
    }

    /// Adds a row; it has a cell for each column.
    mutating func append(_ row: [Cell]) {
        rows.append(row)
    }

    /// The lines, the header first.
    ///
    /// - Parameters:
    ///   - width: the last column is cut so that lines are not longer; nil cuts nothing.
    ///   - style: applied to each cell's text once it is padded.
    func lines(width: Int? = nil, style: (String, TextStyle) -> String = { text, _ in text }) -> [String] {
        let widths = header.indices.map { column in
            max(header[column].count, rows.map { $0[column].text.count }.max() ?? 0)
        }
        let all = [header.map { Cell($0, .dim) }] + rows
        return all.map { line($0, widths: widths, width: width, style: style) }
    }

    private func line(
        _ row: [Cell], widths: [Int], width: Int?, style: (String, TextStyle) -> String
    ) -> String {
        var line = ""
        var column = 0
        for (position, cell) in row.enumerated() {
            let isLast = row[(position + 1)...].allSatisfy { $0.text.isEmpty }
            var text = cell.text
            if let width, text.count > width - column, position == row.count - 1, width - column > 8 {
                text = text.prefix(width - column - 1) + "…"
            }
            let styled = cell.style == .plain || text.isEmpty ? text : style(text, cell.style)
            line += styled
            if isLast { break }
            line += String(repeating: " ", count: widths[position] - text.count + 2)
            column += widths[position] + 2
        }
        return line
    }
}
