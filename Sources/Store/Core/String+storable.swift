extension String {
    /// The text without NUL characters, which the database cannot hold, and cut off at a bound.
    func storable(charactersMax: Int = 64_000) -> String {
        let text = utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self
        return text.utf8.count > charactersMax ? String(text.prefix(charactersMax)) : text
    }
}
