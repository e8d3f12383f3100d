/// What became of a test file.
public struct ChunkFileResult: Sendable {
    /// The file.
    public let path: String
    /// How many chunks did what they promise.
    public let passed: Int
    /// How many did not.
    public let failed: Int
    /// What went otherwise, as `path:line: …`.
    public let problems: [String]
    /// Promises of bare patterns that were kept, but on another line, as `path:line: …`.
    public let notes: [String]
    /// Why the file was left out; nil when it was not.
    public let omission: String?
}
