import Foundation
import HTTPClient
import Model
import Synchronization

/// The runner's side of the protocol: one call each, retried here only where the caller says until when.
final class RunConnection: Sendable {
    /// What one call came to.
    enum Answer: Sendable {
        /// The server did what was asked.
        case done([UInt8])
        /// The server refused for good: status 409, or another that a repetition does not change.
        case refused(status: Int, String)
        /// The server could not do it now, or was not reached: try again.
        case later(status: Int?, String)
    }

    private let run: RunID
    private let server: RunnerServer
    private let session: HTTPSession
    private let address: Mutex<String>
    private let token: Mutex<String>

    /// Makes a connection; nothing is sent before the first call.
    init(run: RunID, server: RunnerServer) throws(RunnerError) {
        self.run = run
        self.server = server
        address = Mutex(server.url)
        token = Mutex(server.token)
        var configuration = HTTPSession.Configuration()
        configuration.userAgent = "ocuroot-runner"
        do {
            session = try HTTPSession(configuration)
        } catch {
            throw RunnerError(.machine, operation: "start", subject: "\(run)", cause: "\(error)")
        }
    }

    /// Uses the lease token from now on.
    func use(leaseToken: String) {
        token.withLock { $0 = leaseToken }
    }

    /// Makes one call.
    ///
    /// - Parameters:
    ///   - path: what follows `/api/v1/runs/ID/`.
    ///   - timeout: for the whole call.
    ///   - bodyBytesMax: a longer answer is an error.
    func call(
        _ method: HTTPMethod, _ path: String, body: [UInt8] = [], isJSON: Bool = true,
        timeout: Duration = .seconds(30), bodyBytesMax: Int = 8 << 20
    ) async -> Answer {
        let base = address.withLock { $0 }
        var request = HTTPRequest(method, "\(base)/api/v1/runs/\(run)/\(path)")
        request.headers["Authorization"] = "Bearer \(token.withLock { $0 })"
        if method == .post {
            request.body = .bytes(body)
            request.headers["Content-Type"] = isJSON ? "application/json" : "application/octet-stream"
        }
        request.timeouts.total = timeout
        request.timeouts.connect = min(.seconds(5), timeout)
        request.bodyBytesMax = bodyBytesMax
        do {
            return Self.answer(try await session.send(request))
        } catch {
            if let moved = server.readURL() { address.withLock { $0 = moved } }
            return .later(status: nil, "\(error)")
        }
    }

    private static func answer(_ response: HTTPResponse) -> Answer {
        if response.isSuccess { return .done(response.body) }
        let problem = try? JSONText.decode(Problem.self, from: Data(response.body))
        let sentence = problem?.detail ?? "the server answered \(response.status)"
        switch response.status {
        case 408, 425, 429, 500...599: return .later(status: response.status, sentence)
        default: return .refused(status: response.status, sentence)
        }
    }

    /// Calls until the server has answered for good or the signal is given; the last answer is returned.
    func callUntilAnswered(
        _ method: HTTPMethod, _ path: String, body: [UInt8] = [], stop: StopSignal, bodyBytesMax: Int = 8 << 20
    ) async -> Answer {
        var backoff = Backoff()
        while true {
            let answer = await call(method, path, body: body, bodyBytesMax: bodyBytesMax)
            guard case .later = answer, stop.reason == nil else { return answer }
            try? await Task.sleep(for: backoff.next())
        }
    }
}
