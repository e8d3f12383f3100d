import Config
import Synchronization

/// A host that records what it is asked and answers as a test says.
final class RecordingHost: HostEffects {
    struct Record: Sendable {
        var commands: [ShellCommand] = []
        var requests: [WebRequest] = []
        var printed: [String] = []
        var slept: [Duration] = []
        var files: [String: [UInt8]] = [:]
    }

    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    private let record = Mutex(Record())
    private let outcome: ShellOutcome
    private let refusal: Refusal?
    private let variables: [String: String]

    init(
        output: String = "", exitCode: Int32 = 0, refusal: String? = nil, variables: [String: String] = [:],
        files: [String: String] = [:]
    ) {
        let bytes = Array(output.utf8)
        outcome = ShellOutcome(standardOutput: bytes, standardError: [], combinedOutput: bytes, exitCode: exitCode)
        self.refusal = refusal.map(Refusal.init)
        self.variables = variables
        record.withLock { $0.files = files.mapValues { Array($0.utf8) } }
    }

    var contents: Record { record.withLock { $0 } }

    var operatingSystem: String { "linux" }
    var architecture: String { "arm64" }

    func shell(_ command: ShellCommand) throws -> ShellOutcome {
        record.withLock { $0.commands.append(command) }
        if let refusal { throw refusal }
        return outcome
    }

    func environmentVariable(_ name: String) -> String? { variables[name] }

    func request(_ request: WebRequest) throws -> WebResponse {
        record.withLock { $0.requests.append(request) }
        return WebResponse(statusCode: 201, headers: ["content-type": "text/plain"], body: Array("made".utf8))
    }

    func readSource(_ path: String) throws -> [UInt8] {
        guard let bytes = contents.files[path] else { throw Refusal(description: "no file \(path)") }
        return bytes
    }

    func writeSource(_ path: String, _ content: [UInt8]) throws {
        record.withLock { $0.files[path] = content }
    }

    func sleep(_ duration: Duration) throws { record.withLock { $0.slept.append(duration) } }

    func print(_ text: String) { record.withLock { $0.printed.append(text) } }
}
