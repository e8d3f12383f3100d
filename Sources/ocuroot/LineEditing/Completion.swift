/// What may follow the text before the cursor.
struct Completion: Equatable {
    /// The names that fit, sorted.
    let candidates: [String]
    /// What all of them have in common beyond what is typed.
    let insertion: String

    /// How many candidates are listed.
    private static let listedMax = 200

    /// Completes a word to those of `names` that begin with it; a leading underscore must be typed.
    init(word: String, among names: [String]) {
        candidates = names.filter { $0.hasPrefix(word) && (word.hasPrefix("_") || !$0.hasPrefix("_")) }.sorted()
        guard var common = candidates.first else {
            insertion = ""
            return
        }
        for name in candidates.dropFirst() {
            common = String(zip(common, name).prefix { $0 == $1 }.map(\.0))
        }
        insertion = String(common.dropFirst(word.count))
    }

    /// Inserts white space where there is nothing to complete.
    init(indent: String) {
        candidates = []
        insertion = indent
    }

    /// The candidates in columns.
    func listing(columns: Int) -> [String] {
        let shown = candidates.prefix(Self.listedMax)
        let width = (shown.map(\.count).max() ?? 0) + 2
        let perRow = max(1, columns / width)
        var rows = stride(from: 0, to: shown.count, by: perRow).map { start in
            let row = shown[start..<min(start + perRow, shown.count)]
            return row.dropLast().map { $0 + String(repeating: " ", count: width - $0.count) }.joined()
                + (row.last ?? "")
        }
        if candidates.count > shown.count { rows.append("… \(candidates.count - shown.count) more") }
        return rows
    }
}
