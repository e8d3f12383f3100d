import Model

extension String {
    /// The text without NUL characters, which the database cannot hold, and cut off at a bound: bytes of UTF-8, no
    /// scalar cut in two.
    func storable(bytesMax: Int = 64_000) -> String {
        let start = prefix(bytesMax: bytesMax)
        guard start.utf8.contains(0) else { return String(start) }
        let scalars = start.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }
        return String(String(String.UnicodeScalarView(scalars)).prefix(bytesMax: bytesMax))
    }
}
