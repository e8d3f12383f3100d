import Foundation
import Synchronization

/// One started process, its output in files.
final class Command: Sendable {
    /// How a process ended.
    struct End: Sendable {
        /// The exit status, or the signal's number when `isSignal`.
        let status: Int32
        /// Whether a signal ended it.
        let isSignal: Bool
        /// What it wrote to standard output.
        let output: String
        /// What it wrote to standard error.
        let errors: String
    }

    private let process: Mutex<Process>
    private let directory: String
    private let ended: AsyncStream<Void>
    /// The process's id.
    let pid: Int32

    /// Starts a program with a bare environment: PATH, HOME and what is given.
    init(
        _ executable: String, _ arguments: [String], environment: [String: String] = [:],
        workingDirectory: String? = nil
    ) throws {
        directory = NSTemporaryDirectory() + "ocuroot-command-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": directory,
        ]
        .merging(environment) { $1 }
        if let workingDirectory { process.currentDirectoryURL = URL(fileURLWithPath: workingDirectory) }
        for (name, attach) in [
            ("out", { process.standardOutput = $0 }), ("err", { process.standardError = $0 }),
        ] as [(String, (FileHandle) -> Void)] {
            let path = directory + "/" + name
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            attach(try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
        }
        process.standardInput = FileHandle.nullDevice
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        process.terminationHandler = { _ in continuation.finish() }
        ended = stream
        try process.run()
        pid = process.processIdentifier
        self.process = Mutex(process)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// What it wrote to standard output until now.
    var output: String { read("out") }

    /// What it wrote to standard error until now.
    var errors: String { read("err") }

    /// Whether it still runs.
    var isRunning: Bool { process.withLock(\.isRunning) }

    /// Sends a signal to the process alone.
    func send(_ signal: Int32) {
        kill(pid, signal)
    }

    /// Waits for its end.
    func end() async -> End {
        for await _ in ended {}
        return process.withLock { process in
            process.waitUntilExit()
            return End(
                status: process.terminationStatus, isSignal: process.terminationReason == .uncaughtSignal,
                output: read("out"), errors: read("err"))
        }
    }

    private func read(_ name: String) -> String {
        (try? String(contentsOfFile: directory + "/" + name, encoding: .utf8)) ?? ""
    }
}
