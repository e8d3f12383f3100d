import Config
import Foundation

/// What a function may do to this machine: commands, files of the checkout, requests, waiting.
///
/// Everything is called from the one thread that executes the function.
final class RunnerHost: HostEffects, @unchecked Sendable {
    // Unchecked: `group`, the only mutable part, is touched by the thread of the function and, after that has
    // ended, by the task that started it.
    private let files: CheckoutFiles
    private let environment: [String: String]
    private let log: any FunctionOutput
    private let stop: StopSignal
    private let requests: WebRequests
    private let group = CommandGroup()

    /// Makes the host of one Run.
    ///
    /// - Parameter environment: what commands inherit.
    init(
        files: CheckoutFiles, environment: [String: String], log: any FunctionOutput, stop: StopSignal,
        requests: WebRequests
    ) {
        self.files = files
        self.environment = environment
        self.log = log
        self.stop = stop
        self.requests = requests
    }

    static var operatingSystem: String {
        #if os(macOS)
            "darwin"
        #else
            "linux"
        #endif
    }

    static var architecture: String {
        #if arch(arm64)
            "arm64"
        #else
            "amd64"
        #endif
    }

    var operatingSystem: String { Self.operatingSystem }

    var architecture: String { Self.architecture }

    func shell(_ command: ShellCommand) throws -> ShellOutcome {
        try checkStop("run a command")
        let running = Command(
            command: command,
            environment: environment.merging(command.environment) { _, own in own }, directory: files.directory,
            group: group, log: log, stop: stop)
        let outcome = try running.run()
        guard outcome.exitCode == 0 || command.continuesOnError else {
            throw CommandFailure(
                command: running.shown, exitCode: outcome.exitCode,
                output: command.isMuted ? [] : outcome.combinedOutput)
        }
        return outcome
    }

    func environmentVariable(_ name: String) -> String? { environment[name] }

    func request(_ request: WebRequest) throws -> WebResponse {
        try checkStop("\(request.method.rawValue) \(request.url)")
        return try requests.send(request)
    }

    func readSource(_ path: String) throws -> [UInt8] { try files.read(path) }

    func writeSource(_ path: String, _ content: [UInt8]) throws { try files.write(path, content) }

    func sleep(_ duration: Duration) throws {
        _ = stop.block(for: duration)
        try checkStop("sleep")
    }

    func print(_ text: String) { log.append(line: text) }

    /// Ends what commands left running; how many processes there were.
    ///
    /// - Parameter includingStrays: also what left the group by a session of its own.
    func end(includingStrays: Bool = false) -> Int {
        group.end(gracePeriod: Command.gracePeriod) + (includingStrays ? group.endStrays() : 0)
    }

    private func checkStop(_ operation: String) throws {
        if let reason = stop.reason {
            throw RunnerError(.stopped, operation: operation, subject: "any more", cause: reason.sentence)
        }
    }
}
