/// Lists of patterns as ssh's files have them: `*` and `?`, and `!` in front of what is excluded.
enum SSHPatterns {
    /// Whether a name fits one of the patterns, and none that excludes.
    static func fit(_ patterns: [String], _ name: String) -> Bool {
        var isIncluded = false
        for pattern in patterns {
            if isExclusion(pattern) {
                if fits(pattern.utf8.dropFirst(), name) { return false }
            } else if fits(pattern.utf8[...], name) {
                isIncluded = true
            }
        }
        return isIncluded
    }

    /// Whether a pattern says who does not fit.
    static func isExclusion(_ pattern: String) -> Bool { pattern.utf8.first == UInt8(ascii: "!") }

    /// Takes time in proportion to the product of the lengths at most.
    private static func fits(_ pattern: Substring.UTF8View, _ name: String) -> Bool {
        let (pattern, name) = (Array(pattern), Array(name.utf8))
        var (p, n) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while n < name.count {
            if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
                star = (p + 1, n)
                p += 1
            } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") || pattern[p] == name[n] {
                p += 1
                n += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                (p, n) = (last.pattern, last.name + 1)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
