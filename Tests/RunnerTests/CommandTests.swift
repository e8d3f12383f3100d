import Config
import Foundation
import TestSupport
import Testing

@testable import Runner

@Suite struct CommandTests {
    private func run(
        _ command: ShellCommand, group: CommandGroup = CommandGroup(), stop: StopSignal = StopSignal(),
        log: RunLog = RunLog(bytesMax: 1 << 20)
    ) throws -> ShellOutcome {
        try Command(
            command: command, environment: ["PATH": "/usr/bin:/bin"].merging(command.environment) { $1 },
            directory: "/tmp", group: group, log: log, stop: stop
        ).run()
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(arguments: [("exit 0", 0), ("exit 7", 7), ("kill -TERM $$", 143), ("no-such-program", 127)])
    func `the exit code is the shell's`(command: String, exitCode: Int32) throws {
        #expect(try run(ShellCommand(command)).exitCode == exitCode)
    }

    @Test func `the streams are kept apart and together`() throws {
        let outcome = try run(ShellCommand("echo out; sleep 0.05; echo err >&2; sleep 0.05; echo out"))
        #expect(text(outcome.standardOutput) == "out\nout\n")
        #expect(text(outcome.standardError) == "err\n")
        #expect(text(outcome.combinedOutput) == "out\nerr\nout\n")
    }

    @Test func `another shell may be named, and one that does not exist is said so`() throws {
        #expect(try text(run(ShellCommand("echo ${BASH_VERSION:+bash}", shell: "bash")).standardOutput) == "bash\n")
        let error = #expect(throws: RunnerError.self) { try run(ShellCommand("true", shell: "no-such-shell")) }
        #expect(error?.cause.contains("there is no shell 'no-such-shell'") == true)
    }

    @Test func `a command has nothing to read, no descriptor of ours, and the default signals`() throws {
        let outcome = try run(
            ShellCommand("cat; ls /proc/self/fd | tr '\\n' ' '; grep -E 'Sig(Blk|Ign)' /proc/self/status"))
        #expect(text(outcome.standardOutput).hasPrefix("0 1 2 3 "), "3 is ls's own: \(text(outcome.standardOutput))")
        #expect(!text(outcome.standardOutput).contains("4 "))
        // Only the two signals of the thread library, which no set of signals names, may be as they were.
        #expect(
            text(outcome.standardOutput).firstMatch(of: /SigBlk:\t0{16}\nSigIgn:\t0{7}[0-9a-f]{2}0{7}/) != nil)
    }

    @Test func `what is left in the background does not hold the command, and ends with the group`() throws {
        let group = CommandGroup()
        let outcome = try run(ShellCommand("sleep 3600 & echo $!"), group: group)
        let pid = try #require(pid_t(text(outcome.standardOutput).dropLast()))
        #expect(Processes.isAlive(pid))
        #expect(group.end(gracePeriod: .seconds(5)) == 1)
        #expect(!Processes.isAlive(pid))
        #expect(group.end(gracePeriod: .seconds(5)) == 0)
    }

    @Test func `a process that left the group on purpose stays, until strays are ended too`() async throws {
        let group = CommandGroup()
        let other = CommandGroup()
        let program = "(setsid sh -c 'echo $$; exec sleep 3600 >/dev/null 2>&1') & sleep 0.3"
        let outcome = try run(ShellCommand(program), group: group)
        let pid = try #require(pid_t(text(outcome.standardOutput).dropLast()))
        let foreign = try #require(
            pid_t(text(try run(ShellCommand(program), group: other).standardOutput).dropLast()))
        #expect(Processes.isAlive(pid))
        _ = group.end(gracePeriod: .seconds(5))
        #expect(Processes.isAlive(pid))
        #expect(group.endStrays() == 1)
        #expect(!Processes.isAlive(pid))
        #expect(Processes.isAlive(foreign), "another Run's are left alone")
        #expect(other.endStrays() >= 1)
        #expect(group.endStrays() == 0)
    }

    @Test func `10 MiB of a stream are kept, and the rest is counted`() throws {
        let outcome = try run(ShellCommand("head -c 20000000 /dev/zero", isMuted: true))
        #expect(outcome.standardOutput.count < Command.captureBytesMax + 100)
        #expect(text(outcome.standardOutput.suffix(100)).contains("9514240 more bytes were written and not kept"))
    }

    @Test func `a group whose guard was killed is made anew`() throws {
        let group = CommandGroup()
        _ = try run(ShellCommand("true"), group: group)
        let first = try #require(group.id)
        kill(first, SIGKILL)
        while Processes.isAlive(first) { usleep(1000) }
        #expect(try text(run(ShellCommand("echo works"), group: group).standardOutput) == "works\n")
        group.end(gracePeriod: .zero)
    }

    @Test func `commands of a runner that is killed end with it`() async throws {
        let file = Processes.temporaryPath()
        setenv("RUNNER_TEST_FILE", file, 1)
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let file = String(cString: getenv("RUNNER_TEST_FILE"))
            let group = CommandGroup()
            let killer = Thread {
                while Processes.listed(in: file).count < 2 { usleep(1000) }
                kill(getpid(), SIGKILL)
            }
            killer.start()
            _ = try Command(
                command: ShellCommand("echo $$ >> \(file); sleep 3600 & echo $! >> \(file); wait"),
                environment: ["PATH": "/usr/bin:/bin"], directory: "/tmp", group: group, log: RunLog(bytesMax: 1 << 20),
                stop: StopSignal()
            ).run()
        }
        let pids = Processes.listed(in: file)
        #expect(pids.count == 2)
        try await waitUntil("the commands to end") { pids.allSatisfy { !Processes.isAlive($0) } }
        try FileManager.default.removeItem(atPath: file)
    }
}
