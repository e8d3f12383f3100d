import Foundation
import Model

/// The process group that all commands of one Run share, with a guard in it that outlives nobody.
///
/// The guard is a small shell that waits for the end of a pipe whose other end only this process holds. When the
/// runner ends, however it ends, kill -9 included, the guard kills the group, and with it every command and what the
/// commands started. A process that left the group on purpose, by setsid, stays until ``endStrays()``.
final class CommandGroup {
    private var guardian: (pid: pid_t, line: Pipe)?
    /// Borne by everything that is started here.
    private let mark = ProcessTable.ownMarkPrefix + UUID().uuidString

    /// How often strays are looked for: one that forks while it is looked for is found the next time.
    private static let strayPassesMax = 100

    /// The guard's program: signals meant for the commands do not end it.
    private static let program = "trap '' TERM INT HUP QUIT; read -r line; kill -KILL 0"

    /// No guard is started before the first command.
    init() {}

    deinit { end(gracePeriod: .zero) }

    /// The group's id, once there is one.
    var id: pid_t? { guardian?.pid }

    /// Starts a process in the group.
    ///
    /// - Parameter spawn: what to start; its `group` is set here.
    func start(_ spawn: ProcessSpawn) throws -> pid_t {
        var spawn = spawn
        spawn.group = try guardian?.pid ?? startGuard()
        spawn.environment[RunMark.variable] = mark
        do {
            return try spawn.start()
        } catch {
            // EPERM: the guard was killed by somebody else, and the group went with it.
            guard error.reason == EPERM else { throw error }
        }
        end(gracePeriod: .zero)
        spawn.group = try startGuard()
        return try spawn.start()
    }

    /// Sends a signal to every process of the group, the guard included.
    func signal(_ number: Int32) {
        if let id { kill(-id, number) }
    }

    /// Ends everything that is left in the group: asked first, killed after the grace period.
    ///
    /// - Returns: how many processes had been left over.
    @discardableResult
    func end(gracePeriod: Duration) -> Int {
        guard let (id, line) = guardian else { return 0 }
        guardian = nil
        let leftovers = gracePeriod > .zero ? ProcessTable.members(ofGroup: id, except: id) : []
        if !leftovers.isEmpty {
            kill(-id, SIGTERM)
            let deadline = ContinuousClock.now + gracePeriod
            while ContinuousClock.now < deadline, !ProcessTable.members(ofGroup: id, except: id).isEmpty {
                usleep(10_000)
            }
        }
        kill(-id, SIGKILL)
        line.closeWrite()
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return leftovers.count
    }

    /// Kills what left the group by a session of its own, unless it threw its environment away.
    ///
    /// - Returns: how many processes there were.
    @discardableResult
    func endStrays() -> Int {
        var ended: Set<pid_t> = []
        for _ in 0..<Self.strayPassesMax {
            let strays = ProcessTable.marked(mark)
            if strays.isEmpty { break }
            for stray in strays { kill(stray, SIGKILL) }
            ended.formUnion(strays)
            usleep(10_000)
        }
        return ended.count
    }

    private func startGuard() throws -> pid_t {
        let line = try Pipe()
        let spawn = ProcessSpawn(
            arguments: ["/bin/sh", "-c", Self.program], environment: [:], directory: "/", group: 0,
            input: line.readEnd)
        do {
            let pid = try spawn.start()
            line.closeRead()
            guardian = (pid, line)
            return pid
        } catch {
            throw RunnerError(
                .machine, operation: "start", subject: "the guard of the commands", cause: error.sentence)
        }
    }
}
