import Foundation

/// The fields of `/proc/PID/stat` that tell one process from another.
struct ProcessStatus {
    /// The id of the session that the process belongs to.
    let session: Int32
    /// When it started, in clock ticks since the boot.
    let startTicks: Int64
    /// Whether it has ended and only waits to be reaped.
    let isZombie: Bool

    /// Reads the status of a process; nil when there is none.
    init?(pid: Int32) {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return nil }
        // The name in parentheses may hold anything; the fields behind it begin with the third, the state.
        let fields = text[text.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let session = Int32(fields[3]), let startTicks = Int64(fields[19]) else { return nil }
        self.session = session
        self.startTicks = startTicks
        isZombie = fields[0] == "Z" || fields[0] == "X"
    }
}
