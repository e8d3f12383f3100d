import Foundation

/// What Linux's /proc tells of processes.
///
/// Elsewhere it tells nothing.
enum ProcessTable {
    static var isAvailable: Bool { access("/proc/self/cwd", F_OK) == 0 }

    /// The directory that a process works in; `nil` if it does not exist, is a zombie, or is none of our business.
    static func workingDirectory(of pid: pid_t) -> String? {
        target(of: "/proc/\(pid)/cwd")
    }

    /// The processes of PostgreSQL that work in a directory, as all of a server do in its data directory.
    ///
    /// Somebody's shell that happens to be there is not among them.
    static func serverProcesses(workingIn directory: String) -> [pid_t] {
        guard isAvailable, let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc") else { return [] }
        return names.compactMap { pid_t($0) }.filter { pid in
            guard workingDirectory(of: pid) == directory, let program = target(of: "/proc/\(pid)/exe") else {
                return false
            }
            // A program whose package was upgraded meanwhile is "/usr/…/postgres (deleted)".
            let name = program.split(separator: "/").last?.split(separator: " ").first
            return name == "postgres" || name == "initdb"
        }
    }

    private static func target(of link: String) -> String? {
        var buffer: [CChar] = Array(repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer.prefix(count).lazy.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
