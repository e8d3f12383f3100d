import Foundation
import HTTPClient
import Model

/// An `ocuroot up` on embedded defaults, told of pushes as a git host tells it.
final class LatencyServer {
    private let server: ServerProcess
    private let session: HTTPSession
    private let headers: HTTPHeaders

    /// Starts the server and waits until it is ready.
    init(binary: String, root: String, repository: String) async throws {
        session = try HTTPSession()
        server = try await ServerProcess(
            binary: binary,
            [
                "up", "--data-dir", root + "/data", "--listen", "127.0.0.1:0", "--repo", repository, "--poll", "1h",
            ], root: root)
        let key = try String(contentsOfFile: root + "/data/api-key", encoding: .utf8).trimmed
        headers = ["Authorization": "Bearer \(key)", "Content-Type": "application/json"]
    }

    /// Announces a push.
    func announce() async throws {
        let response = try await session.send(
            HTTPRequest(.post, server.address + "/api/v1/repos/o1/announce", headers: headers, body: .text("{}")))
        guard response.isSuccess else { throw BenchError("announce was answered with \(response.status)") }
    }

    /// Returns when nothing is left to do.
    func waitUntilIdle() async throws {
        for _ in 0..<60 {
            let response = try await session.send(
                HTTPRequest(.get, server.address + "/api/v1/settlement?wait=10", headers: headers))
            let settlement = try JSONText.decode(IdleState.self, from: Data(response.body))
            if settlement.isSettled { return }
        }
        throw BenchError("the server did not come to rest")
    }

    /// Ends the server.
    func stop() {
        server.stop()
    }

    private struct IdleState: Decodable {
        let isSettled: Bool
    }
}
