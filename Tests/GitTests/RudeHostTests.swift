import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `A host that does what no git host should` {
    private static let ways: [(String, [GitError.Code])] = [
        ("hang", [.timedOut]), ("noise", [.failed, .unreachable]), ("page", [.failed]),
        ("garbage", [.failed, .unreachable]), ("cut", [.failed, .unreachable]), ("endless", [.timedOut, .tooLarge]),
        ("drip", [.timedOut]), ("ask", [.authenticationFailed]),
    ]

    private func failure(_ url: String) async throws -> GitError {
        let local = try TemporaryMirror(
            of: url, access: RemoteAccess(limits: RemoteLimits(answerTimeout: .seconds(3))))
        let clock = ContinuousClock()
        let start = clock.now
        let error = await #expect(throws: GitError.self) { try await local.mirror.fetch() }
        #expect(clock.now - start < .seconds(20))
        return try #require(error as GitError?)
    }

    @Test(arguments: ways)
    func `is given up in bounded time, by an error that names it`(way: String, codes: [GitError.Code]) async throws {
        let server = try ScriptedServer("rude_server.py")
        let url = "http://127.0.0.1:\(server["http"])/\(way)/shop.git"
        let error = try await failure(url)
        #expect(codes.contains(error.code), "\(error)")
        #expect(error.subject == url)
        #expect(!error.cause.isEmpty)
    }

    @Test func `over ssh is given up, too`() async throws {
        let server = try ScriptedServer("rude_server.py")
        let error = try await failure("ssh://git@127.0.0.1:\(server["ssh"])/shop.git")
        #expect([.failed, .unreachable, .timedOut].contains(error.code), "\(error)")
    }
}
