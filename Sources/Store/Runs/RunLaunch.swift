/// Which process was started for a Run, told so that it cannot be mistaken for another of the same number.
public struct RunLaunch: Hashable, Sendable, Codable {
    /// The machine.
    public var host: String
    /// The machine's boot: after another boot the process is gone.
    public var boot: String
    /// The process id, which is also its process group.
    public var pid: Int32
    /// When the process began, in clock ticks since boot.
    public var startTicks: Int64

    /// Makes a value from its parts.
    public init(host: String, boot: String, pid: Int32, startTicks: Int64) {
        self.host = host
        self.boot = boot
        self.pid = pid
        self.startTicks = startTicks
    }
}
