import Foundation
import HTTPClient
import Model

/// An `ocuroot up` on embedded defaults, told of pushes as a git host tells it.
final class LatencyServer {
    private let process = Process()
    private let session: HTTPSession
    private var headers: HTTPHeaders = [:]
    private var address = ""

    /// Starts the server and waits until it is ready.
    init(binary: String, root: String, repository: String) async throws {
        session = try HTTPSession()
        let output = root + "/up.out"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = [
            "up", "--data-dir", root + "/data", "--listen", "127.0.0.1:0", "--repo", repository, "--poll", "1h",
        ]
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        _ = FileManager.default.createFile(atPath: root + "/up.log", contents: nil)
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: root + "/up.log"))
        try process.run()
        let ready = "ocuroot is ready at "
        for _ in 0..<6_000 where address.isEmpty {
            let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix(ready) }
            address = line.map { String($0.dropFirst(ready.count)) } ?? ""
            try await Task.sleep(for: .milliseconds(10))
        }
        guard !address.isEmpty else { throw BenchError("the server was not ready in a minute") }
        let key = try String(contentsOfFile: root + "/data/api-key", encoding: .utf8).trimmed
        headers = ["Authorization": "Bearer \(key)", "Content-Type": "application/json"]
    }

    /// Announces a push.
    func announce() async throws {
        let response = try await session.send(
            HTTPRequest(.post, address + "/api/v1/repos/o1/announce", headers: headers, body: .text("{}")))
        guard response.isSuccess else { throw BenchError("announce was answered with \(response.status)") }
    }

    /// Returns when nothing is left to do.
    func waitUntilIdle() async throws {
        for _ in 0..<60 {
            let response = try await session.send(
                HTTPRequest(.get, address + "/api/v1/settlement?wait=10", headers: headers))
            let settlement = try JSONText.decode(IdleState.self, from: Data(response.body))
            if settlement.isSettled { return }
        }
        throw BenchError("the server did not come to rest")
    }

    /// Ends the server.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    private struct IdleState: Decodable {
        let isSettled: Bool
    }
}
