import Starlark

/// Completes names and attributes of what a console knows.
struct NameCompletion {
    private static let keywords = [
        "and", "break", "continue", "def", "elif", "else", "for", "if", "in", "lambda", "load", "not", "or", "pass",
        "return",
    ]

    let console: Console

    /// What may follow a text: an attribute after a dotted path, else a name or keyword; four spaces where no word
    /// begins.
    func callAsFunction(_ head: String) -> Completion {
        let path = Self.path(at: head)
        guard let word = path.last, path.count > 1 || !word.isEmpty else { return Completion(indent: "    ") }
        if path.count > 1 {
            return Completion(word: word, among: console.attributeNames(of: path.dropLast()))
        }
        return Completion(word: word, among: console.names + Self.keywords)
    }

    /// The dotted path that a text ends with, its parts in order; `a.b.` ends with an empty part.
    static func path(at head: String) -> [String] {
        let tail = head.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }.reversed()
        let parts = String(tail).split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let isPath = parts.dropLast().allSatisfy { !$0.isEmpty } && parts.first?.first?.isNumber != true
        return isPath ? parts : []
    }
}
