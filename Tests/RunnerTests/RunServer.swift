import Foundation
import HTTPClient
import Model
import TestSupport

/// The server of this suite, started at its first use.
enum RunServer {
    /// What the runner did for one Run.
    struct State: Decodable {
        var calls: [String: Int]
        var tokens: [String]
        var results: [RunResult]
        var log: Data
        var chunks: Int
        var isContiguous: Bool

        /// The log as a text.
        var text: String { String(decoding: log, as: UTF8.self) }
        /// The lines of the log.
        var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    }

    private struct Setup: Encodable {
        let start: RunStart
        let patch: Data
        let credentials: [CredentialForm]
        let rules: [String: [Int]]
    }

    private static let started = Result { try ScriptedServer("runner_server.py") }
    private static let session = Result { () throws(HTTPError) in try HTTPSession() }

    /// The server's address.
    static var url: String { get throws { try started.get()["url"] } }

    /// Says what a Run is, and how the server behaves to its runner.
    static func prepare(
        _ start: RunStart, patch: [UInt8] = [], credentials: [CredentialForm] = [], rules: [String: [Int]] = [:]
    ) async throws {
        let body = try JSONText.encode(
            Setup(start: start, patch: Data(patch), credentials: credentials, rules: rules))
        _ = try await session.get().send(
            HTTPRequest(.put, "\(try url)/control/\(start.spec.run)", body: .bytes(Array(body))))
    }

    /// Changes how the server behaves from now on.
    static func setRules(_ rules: [String: [Int]], for run: RunID) async throws {
        let body = try JSONText.encode(["rules": rules])
        _ = try await session.get().send(HTTPRequest(.put, "\(try url)/control/\(run)", body: .bytes(Array(body))))
    }

    /// What the runner has done so far.
    static func state(of run: RunID) async throws -> State {
        var request = HTTPRequest(.get, "\(try url)/control/\(run)")
        request.bodyBytesMax = 256 << 20
        let response = try await session.get().send(request)
        return try JSONText.decode(State.self, from: Data(response.body))
    }
}
