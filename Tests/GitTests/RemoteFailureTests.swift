import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite struct `A remote that cannot be had` {
    private func mirror(_ url: String, limits: RemoteLimits = RemoteLimits()) throws -> TemporaryMirror {
        try TemporaryMirror(of: url, access: RemoteAccess(limits: limits))
    }

    @Test func `because nothing is at the path is named`() async throws {
        let local = try mirror("/nowhere/at/all.git")
        let error = await expectGitError(.repositoryNotFound) { try await local.mirror.fetch() }
        #expect(error?.subject == "/nowhere/at/all.git")
        #expect(error?.isTransient == false)
    }

    @Test func `because the directory is no repository is named`() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("README", "no repository")
        let local = try mirror("file://" + directory.path)
        await expectGitError(.repositoryNotFound) { try await local.mirror.remoteTips() }
    }

    @Test func `because the host has no address may pass`() async throws {
        let local = try mirror("https://no-such-host.invalid/x.git")
        let error = await expectGitError(.unreachable) { try await local.mirror.remoteTips() }
        #expect(error?.isTransient == true)
    }

    @Test(arguments: ["http", "https", "ssh"])
    func `because the port is closed may pass`(scheme: String) async throws {
        let port = try ClosedPort().number
        let local = try mirror("\(scheme)://127.0.0.1:\(port)/x.git")
        await expectGitError(.unreachable) { try await local.mirror.fetch() }
    }

    @Test(arguments: ["http", "https", "ssh"])
    func `because the host never answers ends at the time-out`(scheme: String) async throws {
        let silent = try SilentServer()
        let local = try mirror(
            "\(scheme)://127.0.0.1:\(silent.port)/x.git", limits: RemoteLimits(answerTimeout: .milliseconds(300)))
        let error = await expectGitError(.timedOut) { try await local.mirror.fetch() }
        #expect(error?.isTransient == true)
    }

    @Test(arguments: ["http", "https", "ssh"])
    func `because the host never answers ends when the task is cancelled`(scheme: String) async throws {
        let silent = try SilentServer()
        let local = try mirror("\(scheme)://127.0.0.1:\(silent.port)/x.git")
        await expectGitError(.cancelled) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await local.mirror.fetch() }
                await silent.connected()
                group.cancelAll()
                try await group.waitForAll()
            }
        }
    }

    @Test func `because it is too large leaves the mirror as it was`() async throws {
        let remote = try RepositoryBuilder()
        var random = SystemRandomNumberGenerator()
        try remote.commit(
            "big", ["noise": .bytes((0..<200_000).map { _ in UInt8.random(in: 0...255, using: &random) })])
        let local = try mirror(remote.url, limits: RemoteLimits(packBytesMax: 10_000))
        let error = await expectGitError(.tooLarge) { try await local.mirror.fetch() }
        #expect(error?.hint != nil)
        await expectGitError(.missingRef) { try await local.read { try $0.resolve("refs/heads/main") } }
        #expect(try await local.reopened().fetch().changes.count == 1)
    }

    @Test func `because it lists too many refs is refused`() async throws {
        let remote = try RepositoryBuilder()
        let first = try remote.commit("first", ["a": "1"])
        for number in 0..<10 { try remote.point("b\(number)", at: first) }
        let local = try mirror(remote.url, limits: RemoteLimits(refsMax: 5))
        await expectGitError(.tooLarge) { try await local.mirror.fetch() }
    }
}
