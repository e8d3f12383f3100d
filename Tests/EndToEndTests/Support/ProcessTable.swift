import Foundation

/// The machine's processes, as /proc shows them.
enum ProcessTable {
    /// The parent of a process; nil when there is no such process, or it has ended and waits to be reaped.
    static func parent(of pid: Int32) -> Int32? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let end = text.lastIndex(of: ")")
        else { return nil }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 1 && fields[0] != "Z" ? Int32(fields[1]) : nil
    }
}
