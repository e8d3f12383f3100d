import Config
import Foundation

/// One command of `host.shell`, from its start to its end, on the calling thread.
struct Command {
    /// What to run.
    let command: ShellCommand
    /// All environment variables of the command.
    let environment: [String: String]
    /// The working directory.
    let directory: String
    /// The group that it runs in.
    let group: CommandGroup
    /// Where its lines go.
    let log: any FunctionOutput
    /// Ends it early.
    let stop: StopSignal

    /// What is kept of each stream: 10 MiB.
    static let captureBytesMax = 10 << 20
    /// How long a command has between being asked to end and being killed.
    static let gracePeriod = Duration.seconds(1)
    /// How often the end of the command and the stop signal are looked for while nothing is written.
    static let pollMilliseconds: Int32 = 20

    /// Runs the command.
    func run() throws -> ShellOutcome {
        let output = try Pipe(isNonblocking: true)
        let error = try Pipe(isNonblocking: true)
        let pid = try start(output, error)
        output.closeWrite()
        error.closeWrite()
        var streams = CommandStreams(output: output, error: error, log: command.isMuted ? nil : log)
        let status = wait(for: pid, &streams)
        streams.finish()
        if let reason = stop.reason {
            throw RunnerError(.stopped, operation: "finish", subject: shown, cause: reason.sentence)
        }
        return ShellOutcome(
            standardOutput: streams.captured.output.bytes, standardError: streams.captured.error.bytes,
            combinedOutput: streams.captured.combined.bytes, exitCode: Self.exitCode(status))
    }

    /// The command's first line, cut short, in quotes.
    var shown: String {
        let line = command.command.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        let isWhole = line.count <= 120 && line.utf8.count == command.command.utf8.count
        return "`\(line.prefix(120))\(isWhole ? "" : " …")`"
    }

    private func start(_ output: Pipe, _ error: Pipe) throws -> pid_t {
        guard !command.command.utf8.contains(0), !command.shell.utf8.contains(0) else {
            throw RunnerError(.machine, operation: "run", subject: shown, cause: "it contains a zero byte")
        }
        do {
            return try group.start(
                ProcessSpawn(
                    arguments: [command.shell, "-c", command.command], environment: environment,
                    directory: directory, group: 0, output: output.writeEnd, error: error.writeEnd))
        } catch let failure as ProcessSpawn.Failure {
            let cause =
                failure.reason == ENOENT
                ? "there is no shell '\(command.shell)', or no directory \(directory)" : failure.sentence
            throw RunnerError(.machine, operation: "run", subject: shown, cause: cause)
        }
    }

    /// Reads until the command has ended; what it left running in the background is not waited for.
    private func wait(for pid: pid_t, _ streams: inout CommandStreams) -> Int32 {
        var status: Int32 = 0
        var killAt: ContinuousClock.Instant?
        while true {
            let hasRead = streams.read(timeoutMilliseconds: Self.pollMilliseconds)
            if stop.reason != nil {
                if let deadline = killAt {
                    if ContinuousClock.now >= deadline { group.signal(SIGKILL) }
                } else {
                    killAt = .now + Self.gracePeriod
                    group.signal(SIGTERM)
                }
            }
            if hasRead, streams.areOpen { continue }
            let ended = waitpid(pid, &status, WNOHANG)
            if ended == pid || (ended < 0 && errno == ECHILD) { return status }
            if !streams.areOpen { usleep(1000) }
        }
    }

    /// What the shell would call the exit code: 128 and the signal's number for a signal.
    private static func exitCode(_ status: Int32) -> Int32 {
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
