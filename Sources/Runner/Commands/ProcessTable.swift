import Foundation

/// Looks up processes in `/proc`.
enum ProcessTable {
    /// The processes of a group that have not ended, but for one.
    static func members(ofGroup group: pid_t, except: pid_t) -> [pid_t] {
        guard let stream = opendir("/proc") else { return [] }
        defer { closedir(stream) }
        var members: [pid_t] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard let pid = pid_t(name), pid != except, getpgid(pid) == group, !isZombie(pid) else { continue }
            members.append(pid)
        }
        return members
    }

    /// Whether a process has ended and only waits for its parent.
    private static func isZombie(_ pid: pid_t) -> Bool {
        guard let data = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return true }
        // The name in parentheses may hold anything; the state is the letter after the last one.
        guard let end = data.lastIndex(of: UInt8(ascii: ")")), data.count > end + 2 else { return true }
        return data[end + 2] == UInt8(ascii: "Z") || data[end + 2] == UInt8(ascii: "X")
    }
}
