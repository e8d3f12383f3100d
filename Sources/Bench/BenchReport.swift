import Foundation

/// What a benchmark prints: a table for people, or one JSON object with `--json`.
struct BenchReport: Codable {
    /// The lines.
    let rows: [BenchRow]

    /// Prints the report to standard output.
    func print(asJSON: Bool, peer: String) throws {
        if asJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Swift.print(String(decoding: try encoder.encode(self), as: UTF8.self))
            return
        }
        let width = rows.map(\.name.count).max() ?? 0
        let blank = "".padding(toLength: width, withPad: " ", startingAt: 0)
        Swift.print("\(blank)        ours        peer   ratio   unit    (peer: \(peer))")
        for row in rows {
            let name = row.name.padding(toLength: width, withPad: " ", startingAt: 0)
            Swift.print("\(name)  \(figure(row.ours))  \(figure(row.peer))  \(ratio(row.ratio))   \(row.unit)")
        }
    }

    private func figure(_ value: Double?) -> String {
        value.map { String(format: "%10.3f", $0) } ?? "         –"
    }

    private func ratio(_ value: Double?) -> String {
        value.map { String(format: "%6.2f", $0) } ?? "     –"
    }
}
