/// Names one process for good: a pid alone is used again after its process has ended.
public struct ProcessIdentity: Hashable, Sendable {
    /// Identifies the boot of the machine.
    public let boot: String
    /// The process id, also that of its session.
    public let pid: Int32
    /// When the process started, in clock ticks since the boot.
    public let startTicks: Int64

    /// Makes a value from its parts.
    public init(boot: String, pid: Int32, startTicks: Int64) {
        self.boot = boot
        self.pid = pid
        self.startTicks = startTicks
    }
}
