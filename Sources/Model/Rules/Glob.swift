/// Matches names against patterns in which `*` stands for any characters and `?` for one.
public enum Glob {
    /// Whether the whole text fits; in a time that grows with the product of the lengths.
    public static func matches(_ text: String, _ pattern: String) -> Bool {
        let (text, pattern) = (Array(text), Array(pattern))
        var (at, wanted) = (0, 0)
        // Where the last star stands, and how much of the text it has been given.
        var star: (pattern: Int, text: Int)?
        while at < text.count {
            if wanted < pattern.count, pattern[wanted] == "*" {
                star = (wanted, at)
                wanted += 1
            } else if wanted < pattern.count, pattern[wanted] == "?" || pattern[wanted] == text[at] {
                at += 1
                wanted += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                at = last.text + 1
                wanted = last.pattern + 1
            } else {
                return false
            }
        }
        return pattern[wanted...].allSatisfy { $0 == "*" }
    }
}
