import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite struct ServerLogTests {
    @Test func `what was fatal is told, also when the server went on to say that it shuts down`() throws {
        let path = NSTemporaryDirectory() + "ocuroot-log-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let lines = [
            "LOG:  starting", "FATAL:  could not write to file: No space left on device",
            "FATAL:  the database system is starting up", "LOG:  one", "LOG:  two", "LOG:  three", "LOG:  four",
        ]
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        let log = ServerLog(path: path, bytesMax: 1 << 20)
        #expect(log.tail(2) == "FATAL:  could not write to file: No space left on device; LOG:  three; LOG:  four")
        #expect(log.tail(6) == lines.dropFirst().joined(separator: "; "))
    }
}
