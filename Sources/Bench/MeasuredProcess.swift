import Foundation

/// Runs a program to its end and measures the whole process from outside.
struct MeasuredProcess {
    /// From before the start to after the end.
    let wallSeconds: Double
    /// What all its threads computed, in the program and in the system.
    let cpuSeconds: Double
    /// The greatest resident size of the process, in MiB.
    let peakMebibytes: Double
    /// What it wrote to standard output.
    let output: String

    /// Starts the program from a small process: Linux counts the size of whoever starts a program as the program's own.
    private static let measure = """
        import json, os, resource, signal, subprocess, sys, time
        # Programs that measure by an alarm, as pgbench does, never end when they inherit that it is blocked.
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        # Whatever ran in this process before (a launcher of Python) may have had children of its own.
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.monotonic()
        with open(sys.argv[1], "wb") as output, open(sys.argv[2], "rb") as source:
            code = subprocess.call(sys.argv[4:], stdin=source, stdout=output)
        wall = time.monotonic() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        with open(sys.argv[3], "w") as figures:
            cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
            json.dump({"code": code, "wallSeconds": wall, "cpuSeconds": cpu, "peakKibibytes": used.ru_maxrss}, figures)
        """

    private struct Figures: Decodable {
        let code: Int
        let wallSeconds: Double
        let cpuSeconds: Double
        let peakKibibytes: Double
    }

    /// Runs it; standard error is ours.
    ///
    /// - Throws: when it cannot be started or does not exit with status 0.
    static func run(_ executable: String, _ arguments: [String], input: String? = nil) throws -> MeasuredProcess {
        let directory = NSTemporaryDirectory() + "ocuroot-bench-output-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["python3", "-c", measure, directory + "/output", input ?? "/dev/null", directory + "/figures", executable]
            + arguments
        try process.run()
        process.waitUntilExit()
        guard let data = FileManager.default.contents(atPath: directory + "/figures") else {
            throw BenchError("cannot start \(executable)")
        }
        let figures = try JSONDecoder().decode(Figures.self, from: data)
        guard figures.code == 0 else {
            throw BenchError("\(executable) \(arguments.joined(separator: " ")) ended with status \(figures.code)")
        }
        return MeasuredProcess(
            wallSeconds: figures.wallSeconds, cpuSeconds: figures.cpuSeconds,
            peakMebibytes: figures.peakKibibytes / 1024,
            output: (try? String(contentsOfFile: directory + "/output", encoding: .utf8)) ?? "")
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
