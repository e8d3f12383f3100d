/// What was printed, up to a bound.
struct BoundedOutput: Sendable {
    /// The lines, each with its newline, and a note at the end if some were dropped.
    var text: String { droppedBytes == 0 ? kept : kept + "… \(droppedBytes) more bytes were printed\n" }
    private var kept = ""
    private var droppedBytes = 0

    /// Adds a line.
    mutating func append(_ line: String, bytesMax: Int) {
        if droppedBytes == 0, kept.utf8.count + line.utf8.count < bytesMax {
            kept += line
            kept += "\n"
        } else {
            droppedBytes += line.utf8.count + 1
        }
    }
}
