import Foundation

/// Runs a program to its end and measures the whole process from outside.
struct MeasuredProcess {
    /// From before the start to after the end.
    let wallSeconds: Double
    /// The greatest resident size of the process, in MiB.
    let peakMebibytes: Double
    /// What it wrote to standard output.
    let output: String

    /// Runs it; standard error is ours.
    ///
    /// - Throws: when it cannot be started or does not exit with status 0.
    static func run(_ executable: String, _ arguments: [String], input: String? = nil) throws -> MeasuredProcess {
        let outputPath = NSTemporaryDirectory() + "ocuroot-bench-output-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: outputPath) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input ?? "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let strings = ([executable] + arguments).map { strdup($0) }
        defer { strings.forEach { free($0) } }
        var pid: pid_t = 0
        let clock = ContinuousClock()
        let start = clock.now
        let code = posix_spawnp(&pid, executable, &actions, nil, strings + [nil], environ)
        guard code == 0 else { throw BenchError("cannot start \(executable): \(String(cString: strerror(code)))") }
        var status: Int32 = 0
        var usage = rusage()
        while wait4(pid, &status, 0, &usage) < 0 && errno == EINTR {}
        let wall = clock.now - start
        guard status == 0 else {
            throw BenchError("\(executable) \(arguments.joined(separator: " ")) ended with status \(status)")
        }
        return MeasuredProcess(
            wallSeconds: wall.seconds, peakMebibytes: Double(usage.ru_maxrss) / 1024,
            output: (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? "")
    }
}

/// Why a benchmark could not be made.
struct BenchError: Error, CustomStringConvertible {
    /// The sentence.
    let description: String

    /// Makes an error.
    init(_ description: String) {
        self.description = description
    }
}

extension Duration {
    /// The span in seconds.
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
