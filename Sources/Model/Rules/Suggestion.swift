/// Finds the name that a misspelt one was meant to be.
public enum Suggestion {
    /// The nearest of `candidates` within a third of the name's length (at least one edit), or nil.
    public static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
        let letters = Array(name.utf8.prefix(64))
        let editsMax = max(1, letters.count / 3)
        var best: (edits: Int, name: String)?
        for candidate in candidates where candidate != name {
            let edits = distance(letters, Array(candidate.utf8.prefix(64)))
            guard edits <= editsMax else { continue }
            if let found = best, (found.edits, found.name) <= (edits, candidate) { continue }
            best = (edits, candidate)
        }
        return best?.name
    }

    /// ` (did you mean 'x'?)`, or nothing.
    public static func clause(for name: String, among candidates: some Sequence<String>) -> String {
        nearest(to: name, among: candidates).map { " (did you mean '\($0)'?)" } ?? ""
    }

    /// Names in quotes with commas between them, at most 20 and then a count.
    public static func list(_ names: some Sequence<String>) -> String {
        let sorted = names.sorted()
        let shown = sorted.prefix(20).map { "'\($0)'" }.joined(separator: ", ")
        return sorted.count > 20 ? "\(shown) and \(sorted.count - 20) more" : shown
    }

    /// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                var edits = min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    edits = min(edits, beforeLast[column - 1] + 1)
                }
                current.append(edits)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
