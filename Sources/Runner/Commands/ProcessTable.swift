import Foundation
import Model

/// Looks up processes in `/proc`.
enum ProcessTable {
    /// What the marks of this process's Runs begin with.
    static let ownMarkPrefix = RunMark.prefix(pid: getpid(), startTicks: startTicks(of: getpid()))

    /// The processes of a group that have not ended, but for one.
    static func members(ofGroup group: pid_t, except: pid_t) -> [pid_t] {
        all { $0 != except && getpgid($0) == group && !isZombie($0) }
    }

    /// The processes that bear a mark and have not ended; those that we may not look into are left out.
    static func marked(_ mark: String) -> [pid_t] {
        all { pid in
            guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else { return false }
            return RunMark.isBorne(by: environment, prefix: mark) && !isZombie(pid)
        }
    }

    private static func all(where isWanted: (pid_t) -> Bool) -> [pid_t] {
        guard let stream = opendir("/proc") else { return [] }
        defer { closedir(stream) }
        var found: [pid_t] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let pid = pid_t(name), isWanted(pid) { found.append(pid) }
        }
        return found
    }

    /// When a process started, in clock ticks since the boot.
    private static func startTicks(of pid: pid_t) -> Int64 {
        let text = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
        // The name in parentheses may hold anything; the fields behind it begin with the third.
        let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ").dropFirst()
        return fields.dropFirst(19).first.flatMap { Int64($0) } ?? 0
    }

    /// Whether a process has ended and only waits for its parent.
    private static func isZombie(_ pid: pid_t) -> Bool {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return true }
        // The name in parentheses may hold anything; the state is the letter after the last one.
        guard let end = data.lastIndex(of: UInt8(ascii: ")")), data.count > end + 2 else { return true }
        return data[end + 2] == UInt8(ascii: "Z") || data[end + 2] == UInt8(ascii: "X")
    }
}
