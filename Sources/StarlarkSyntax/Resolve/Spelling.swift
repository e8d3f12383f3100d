/// Finds what a misspelled name was meant to be.
public enum Spelling {
    /// The longest name that is compared, in bytes.
    public static let lengthMax = 64

    /// The candidate closest to a name, nil when none is close.
    ///
    /// Close means that at most a third of the letters (and at least one) are wrong, missing, extra or swapped. Of
    /// equally close candidates the first wins.
    public static func nearest(to name: String, in candidates: some Sequence<String>) -> String? {
        let wanted = folded(name)
        guard !wanted.isEmpty, wanted.count <= lengthMax else { return nil }
        var best: String?
        var bestDistance = max(1, (wanted.count + 1) / 3) + 1
        for candidate in candidates where candidate != name {
            let other = folded(candidate)
            if other.count > lengthMax || abs(other.count - wanted.count) >= bestDistance { continue }
            if wanted.count <= 2, other.first != wanted.first { continue }
            let distance = distance(wanted, other, below: bestDistance)
            if distance < bestDistance, distance < wanted.count {
                bestDistance = distance
                best = candidate
            }
        }
        return best
    }

    /// The name without underscores and in lower case: such slips cost nothing.
    private static func folded(_ name: String) -> [UInt8] {
        name.utf8.compactMap { byte in
            if byte == UInt8(ascii: "_") { return nil }
            return byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
        }
    }

    /// How many letters differ, a swap of neighbours counted once.
    private static func distance(_ left: [UInt8], _ right: [UInt8], below bound: Int) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for (row, letter) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let replaced = previous[column] + (letter == other ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
                    cost = min(cost, before[column - 1] + 1)
                }
                current.append(cost)
            }
            if (current.min() ?? 0) >= bound { return bound }
            before = previous
            previous = current
        }
        return previous[right.count]
    }
}
