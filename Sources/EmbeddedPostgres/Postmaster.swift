import Foundation

/// The server's first process, known by its id.
///
/// It need not be our child: it outlives an `ocuroot up` that is killed.
struct Postmaster: Sendable {
    let pid: pid_t
    let dataDirectory: String

    /// The one that `postmaster.pid` names, if it runs and really serves this cluster.
    ///
    /// After a reboot the id may belong to any process, so that the file alone proves nothing.
    static func running(in dataDirectory: String) -> Postmaster? {
        let file = "\(dataDirectory)/postmaster.pid"
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let pid = text.split(whereSeparator: \.isNewline).first.flatMap({ pid_t($0) }), pid > 1
        else { return nil }
        let postmaster = Postmaster(pid: pid, dataDirectory: dataDirectory)
        return postmaster.isAlive ? postmaster : nil
    }

    /// Whether the process exists and is not a zombie; true also before the server has entered its directory.
    var exists: Bool {
        // If we are the container's first process, it became our child when its parent ended.
        _ = waitpid(pid, nil, WNOHANG)
        guard kill(pid, 0) == 0 || errno == EPERM else { return false }
        return !ProcessTable.isAvailable || ProcessTable.workingDirectory(of: pid) != nil
    }

    /// Whether the process exists and works in the cluster's directory.
    var isAlive: Bool {
        exists && (!ProcessTable.isAvailable || ProcessTable.workingDirectory(of: pid) == dataDirectory)
    }

    /// Ends the server: fast, then immediately, then by force, each step with a bound.
    func stop(fast: Duration, immediate: Duration) async {
        if await end(by: SIGINT, within: fast) { return }
        if await end(by: SIGQUIT, within: immediate) { return }
        _ = await end(by: SIGKILL, within: .seconds(5))
    }

    private func end(by signal: Int32, within limit: Duration) async -> Bool {
        guard isAlive else { return true }
        kill(pid, signal)
        let deadline = ContinuousClock.now + limit
        while isAlive {
            guard .now < deadline, (try? await Task.sleep(for: .milliseconds(20))) != nil else { return false }
        }
        return true
    }

    /// Ends what a killed postmaster or initialisation left behind: it would keep the next one from its work.
    static func endOrphans(in dataDirectory: String) async {
        let attemptsMax = 50
        for _ in 0..<attemptsMax {
            let orphans = ProcessTable.serverProcesses(workingIn: dataDirectory)
            if orphans.isEmpty { return }
            for orphan in orphans { kill(orphan, SIGKILL) }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
