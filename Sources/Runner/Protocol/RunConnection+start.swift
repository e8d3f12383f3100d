import Foundation
import Model

extension RunConnection {
    /// Takes the Run.
    ///
    /// Tried for up to `patience` while the server cannot be reached. A start whose answer was lost is refused when
    /// it is repeated, since the token is used up: the server then takes the Run back when the lease ends.
    func start(_ run: RunID, patience: Duration = .seconds(20)) async throws(RunnerError) -> (
        RunStart, sentAt: ContinuousClock.Instant
    ) {
        let deadline = ContinuousClock.now + patience
        var backoff = Backoff()
        while true {
            let sentAt = ContinuousClock.now
            switch await call(.post, "start", timeout: .seconds(10)) {
            case .done(let body):
                guard let start = try? JSONText.decode(RunStart.self, from: Data(body)) else {
                    throw RunnerError(
                        .unreachable, operation: "start", subject: "\(run)",
                        cause: "the server's answer is not one that this version understands")
                }
                use(leaseToken: start.leaseToken)
                return (start, sentAt)
            case .refused(_, let sentence):
                throw RunnerError(.refused, operation: "start", subject: "\(run)", cause: sentence)
            case .later(_, let sentence):
                guard ContinuousClock.now < deadline else {
                    throw RunnerError(.unreachable, operation: "start", subject: "\(run)", cause: sentence)
                }
                try? await Task.sleep(for: backoff.next())
            }
        }
    }

    /// The Change's uncommitted patch.
    func patch(stop: StopSignal) async throws(RunnerError) -> [UInt8] {
        switch await callUntilAnswered(.get, "patch", stop: stop, bodyBytesMax: 64 << 20) {
        case .done(let bytes): return bytes
        case .refused(_, let sentence), .later(_, let sentence):
            throw RunnerError(.unreachable, operation: "fetch", subject: "the patch", cause: sentence)
        }
    }

    /// What the server keeps to read the Run's repository with.
    func credentials(stop: StopSignal) async throws(RunnerError) -> [CredentialForm] {
        switch await callUntilAnswered(.get, "credentials", stop: stop) {
        case .done(let bytes):
            guard let answer = try? JSONText.decode(RunCredentials.self, from: Data(bytes)) else {
                throw RunnerError(
                    .unreachable, operation: "read", subject: "the credentials", cause: "the answer is not understood")
            }
            return answer.credentials
        // A server older than credentials has none.
        case .refused(status: 404, _): return []
        case .refused(_, let sentence), .later(_, let sentence):
            throw RunnerError(.unreachable, operation: "fetch", subject: "the credentials", cause: sentence)
        }
    }

    /// Posts how the Run ended, until the server has it or the signal is given.
    func post(_ result: RunResult, of run: RunID, stop: StopSignal) async throws(RunnerError) {
        guard let body = try? JSONText.encode(result) else {
            throw RunnerError(
                .machine, operation: "post the result of", subject: "\(run)", cause: "it cannot be written as JSON")
        }
        switch await callUntilAnswered(.post, "result", body: Array(body), stop: stop) {
        case .done: return
        case .refused(status: 409, let sentence):
            throw RunnerError(.leaseLost, operation: "post the result of", subject: "\(run)", cause: sentence)
        case .refused(_, let sentence):
            throw RunnerError(.refused, operation: "post the result of", subject: "\(run)", cause: sentence)
        case .later(_, let sentence):
            throw RunnerError(
                .leaseLost, operation: "post the result of", subject: "\(run)",
                cause: stop.reason?.sentence ?? sentence)
        }
    }
}
