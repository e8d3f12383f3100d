import Foundation
import Model

/// The machine this process runs on, and its table of processes, as Linux shows it under /proc.
///
/// See [proc(5)](https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
public struct MachineIdentity: Sendable {
    /// The machine's name for good.
    public let host: String
    /// Identifies the boot.
    public let boot: String
    /// How often strays are looked for: one that forks while it is looked for is found the next time.
    private static let strayPassesMax = 100

    /// Reads who this machine is.
    public init() {
        let machine = try? String(contentsOfFile: "/etc/machine-id", encoding: .utf8)
        let boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let trimmed = machine?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        self.host = trimmed.isEmpty ? ProcessInfo.processInfo.hostName : trimmed
        self.boot = boot?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown"
    }

    /// The identity of a process that runs now; nil when there is none.
    public func identity(ofProcess pid: Int32) -> ProcessIdentity? {
        guard let status = ProcessStatus(pid: pid) else { return nil }
        return ProcessIdentity(boot: boot, pid: pid, startTicks: status.startTicks)
    }

    /// Whether that very process still runs.
    public func isAlive(_ process: ProcessIdentity) -> Bool {
        guard process.boot == boot, let status = ProcessStatus(pid: process.pid) else { return false }
        return status.startTicks == process.startTicks && !status.isZombie
    }

    /// Kills what is left of the session that the process led; does nothing while the pid belongs to another process.
    public func killSession(of process: ProcessIdentity) {
        guard process.boot == boot else { return }
        if let status = ProcessStatus(pid: process.pid), status.startTicks != process.startTicks { return }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for pid in entries.compactMap({ Int32($0) }) {
            if ProcessStatus(pid: pid)?.session == process.pid { kill(pid, SIGKILL) }
        }
    }

    /// Kills what the process's commands started, also what made a session of its own, by the mark that all of it bears.
    ///
    /// For a runner that was lost: one that ends by itself knows what may stay.
    public func killStrays(of process: ProcessIdentity) {
        guard process.boot == boot else { return }
        let prefix = RunMark.prefix(pid: process.pid, startTicks: process.startTicks)
        for _ in 0..<Self.strayPassesMax {
            let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            let strays = entries.compactMap { Int32($0) }.filter { pid in
                guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ") else {
                    return false
                }
                return RunMark.isBorne(by: environment, prefix: prefix)
            }
            if strays.isEmpty { return }
            for stray in strays { kill(stray, SIGKILL) }
            usleep(10_000)
        }
    }
}
