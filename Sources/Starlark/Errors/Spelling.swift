/// Finds what a misspelled name may have meant.
enum Spelling {
    /// `did you mean x?` for the nearest candidate, or nil when none is near.
    static func suggestion(
        for name: String, among candidates: some Sequence<String>, prefix: String = ""
    ) -> String? {
        let wanted = Array(name.utf8.prefix(lengthMax))
        var best: String?
        var bestDistance = wanted.count / 3 + 2
        for candidate in candidates.prefix(candidatesMax) where candidate != name {
            let distance = distance(wanted, Array(candidate.utf8.prefix(lengthMax)))
            if distance < bestDistance {
                bestDistance = distance
                best = candidate
            }
        }
        return best.map { "did you mean \(prefix)\($0)?" }
    }

    private static let lengthMax = 64
    private static let candidatesMax = 10_000

    /// The Levenshtein distance, letters compared without case.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (index, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let cost = byte | 0x20 == other | 0x20 ? 0 : 1
                let value = min(row[column] + 1, row[column + 1] + 1, diagonal + cost)
                diagonal = row[column + 1]
                row[column + 1] = value
            }
        }
        return row[right.count]
    }
}
