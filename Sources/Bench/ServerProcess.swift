import Foundation

/// The `ocuroot` binary as a server; what it prints goes to files.
final class ServerProcess {
    private let process = Process()
    /// Where it listens.
    private(set) var address = ""

    /// Starts the server and waits until it is ready.
    ///
    /// - Parameters:
    ///   - environment: more variables than this process has.
    ///   - root: the directory for what it prints.
    init(binary: String, _ arguments: [String], environment: [String: String] = [:], root: String) async throws {
        let (output, log) = (root + "/server.out", root + "/server.log")
        for path in [output, log] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: log))
        try process.run()
        let ready = "ocuroot is ready at "
        for _ in 0..<6_000 where address.isEmpty && process.isRunning {
            let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix(ready) }
            address = line.map { String($0.dropFirst(ready.count)) } ?? ""
            try await Task.sleep(for: .milliseconds(10))
        }
        guard !address.isEmpty else {
            stop()
            let words = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
            throw BenchError("the server was not ready in a minute: \(words)")
        }
    }

    /// What the process holds in memory.
    var residentMebibytes: Double {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
        return (kibibytes ?? .nan) / 1024
    }

    /// Ends the server.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
