/// A test file that is itself wrong.
struct ChunkSyntaxError: Error {
    /// The line, counted from 1.
    let line: Int
    /// What is wrong.
    let reason: String
}
