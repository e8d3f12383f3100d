/// The environment variable by which everything that a Run's commands start is found again, wherever it has gone.
///
/// A process that makes a session of its own leaves its group, but not its environment.
public enum RunMark {
    /// The variable's name.
    public static let variable = "OCUROOT_RUN_MARK"

    /// What the marks of all Runs of one runner process begin with.
    ///
    /// - Parameter startTicks: when the process started, in clock ticks since the boot: a pid alone is used again.
    public static func prefix(pid: Int32, startTicks: Int64) -> String { "\(pid).\(startTicks)." }

    /// Whether a process with this environment, as /proc shows it, was started under a mark that begins so.
    public static func isBorne(by environment: some Collection<UInt8>, prefix: String) -> Bool {
        let sought = Array("\(variable)=\(prefix)".utf8)
        return environment.split(separator: 0).contains { $0.starts(with: sought) }
    }
}
