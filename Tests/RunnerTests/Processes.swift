import Foundation

/// Looks at processes from a test.
enum Processes {
    /// Whether a process is there and has not ended.
    static func isAlive(_ pid: pid_t) -> Bool {
        guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
            let state = stat.split(separator: ")").last?.split(separator: " ").first
        else { return false }
        return state != "Z" && state != "X"
    }

    /// The process ids that a file lists, one a line; none when it is not there.
    static func listed(in path: String) -> [pid_t] {
        let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").compactMap { pid_t($0) }
    }

    /// A new path for a file of a test.
    static func temporaryPath() -> String { NSTemporaryDirectory() + "runner-test-\(UUID())" }
}
