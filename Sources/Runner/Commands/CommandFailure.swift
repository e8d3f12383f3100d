/// A command that exited with another code than 0: what was run, and the end of what it wrote.
struct CommandFailure: Error, CustomStringConvertible {
    /// The command's first line, in quotes.
    let command: String
    /// What it exited with.
    let exitCode: Int32
    /// All that it wrote and that was kept; empty when it is muted.
    let output: [UInt8]

    /// How much of the output is shown.
    private static let shownBytesMax = 2000

    var description: String {
        let end = exitCode > 128 ? "was ended by signal \(exitCode - 128)" : "exited with \(exitCode)"
        var tail = output.suffix(Self.shownBytesMax)
        if tail.count < output.count, let newline = tail.firstIndex(of: 0x0A) { tail = tail[(newline + 1)...] }
        while tail.last == 0x0A { tail.removeLast() }
        let text = String(decoding: tail, as: UTF8.self)
        return text.isEmpty ? "\(command) \(end)" : "\(command) \(end):\n\(text)"
    }
}
