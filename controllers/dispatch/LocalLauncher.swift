import Foundation
import Model
import Subprocess
import SystemPackage

/// Starts runners as processes of this machine, each in a session of its own, so that it outlives the server.
public struct LocalLauncher: Sendable {
    /// How a runner's process ended.
    public struct End: Sendable {
        /// A sentence for people: status or signal, and what it last wrote.
        public let sentence: String
        /// The process; nil when it had ended before it could be looked at.
        public let process: ProcessIdentity?
    }

    /// The machine's table of processes.
    public let machine: MachineIdentity
    private let executable: String
    private let arguments: [String]
    private let environment: [String: String]
    private let outputDirectory: String

    /// Makes a launcher.
    ///
    /// - Parameters:
    ///   - executable: the path of the ocuroot binary.
    ///   - arguments: what follows `run ID`, such as where the server is.
    ///   - environment: all that the runner's scripts inherit; must hold no credential of the server's.
    ///   - outputDirectory: what a runner itself writes goes to a file here while it runs.
    public init(executable: String, arguments: [String], environment: [String: String], outputDirectory: String) {
        machine = MachineIdentity()
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.outputDirectory = outputDirectory
    }

    /// Starts the runner of a Run and returns when its process has ended and nothing of its session is left.
    ///
    /// - Parameters:
    ///   - run: the Run.
    ///   - token: lets the runner take it, once.
    ///   - started: called as soon as the process runs; when it throws, the runner is ended.
    /// - Throws: what `started` throws, or that the process could not be started.
    public func launch(
        _ run: RunID, token: String, started: (ProcessIdentity) async throws -> Void
    ) async throws -> End {
        let outputPath = outputDirectory + "/\(run).txt"
        try FileManager.default.createDirectory(atPath: outputDirectory, withIntermediateDirectories: true)
        let output = try FileDescriptor.open(
            outputPath, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
        defer { try? FileManager.default.removeItem(atPath: outputPath) }
        var platform = PlatformOptions()
        platform.createSession = true
        platform.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(5))]
        let result = try await Subprocess.run(
            .path(FilePath(executable)),
            arguments: Arguments(["run", run.description] + arguments),
            environment: .custom(variables(token: token)),
            platformOptions: platform,
            input: .none,
            output: .fileDescriptor(output, closeAfterSpawningProcess: true),
            error: .combinedWithOutput
        ) { execution in
            let process = machine.identity(ofProcess: execution.processIdentifier.value)
            if let process { try await started(process) }
            return process
        }
        if let process = result.closureResult { machine.killSession(of: process) }
        return End(
            sentence: sentence(result.terminationStatus, outputPath: outputPath), process: result.closureResult)
    }

    private func variables(token: String) -> [Subprocess.Environment.Key: String] {
        var variables: [Subprocess.Environment.Key: String] = ["OCUROOT_RUN_TOKEN": token]
        for (name, value) in environment {
            if let key = Subprocess.Environment.Key(rawValue: name) { variables[key] = value }
        }
        return variables
    }

    private func sentence(_ status: TerminationStatus, outputPath: String) -> String {
        let written = (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? ""
        let tail = written.suffix(2_000).trimmingCharacters(in: .whitespacesAndNewlines)
        let end =
            switch status {
            case .exited(let code): "its process exited with status \(code) before it had posted a result"
            case .signaled(let signal): "its process was killed by signal \(signal)"
            }
        return tail.isEmpty ? end : "\(end); it wrote: \(tail)"
    }
}
