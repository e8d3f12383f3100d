import Foundation

/// What Linux's /proc tells of processes.
///
/// Elsewhere it tells nothing.
enum ProcessTable {
    static var isAvailable: Bool { access("/proc/self/cwd", F_OK) == 0 }

    /// The directory that a process works in; `nil` if it does not exist, is a zombie, or is none of our business.
    static func workingDirectory(of pid: pid_t) -> String? {
        var buffer: [CChar] = Array(repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/\(pid)/cwd", &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// The processes that work in a directory; every process of a PostgreSQL server works in its data directory.
    static func processes(workingIn directory: String) -> [pid_t] {
        guard isAvailable, let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else { return [] }
        return names.compactMap { pid_t($0) }.filter { workingDirectory(of: $0) == directory }
    }
}
