import Foundation
import Git
import Model
import TestSupport
import Testing

@Suite(.serialized) struct `A remote on the web` {
    let remote: RepositoryBuilder
    let root: String
    let name: String

    init() throws {
        remote = try RepositoryBuilder()
        (root, name) = (
            "/" + remote.path.split(separator: "/").dropLast().joined(separator: "/"),
            String(remote.path.split(separator: "/").last ?? "")
        )
    }

    private func local(_ server: GitWebServer, scheme: String = "http", access: RemoteAccess = RemoteAccess())
        throws -> TemporaryMirror
    {
        let host = scheme == "https" ? "localhost" : "127.0.0.1"
        return try TemporaryMirror(of: "\(scheme)://\(host):\(server.port)/\(name)", access: access)
    }

    private func credentials(_ secret: String) -> RemoteAccess {
        RemoteAccess(credentials: CredentialSource { _ in .password(user: GitWebServer.user, secret: secret) })
    }

    @Test func `is mirrored, push after push`() async throws {
        let server = try GitWebServer(root: root)
        let local = try local(server)
        #expect(try await local.mirror.remoteTips().isEmpty)
        var last: CommitID?
        for number in 0..<5 {
            last = try remote.commit("c\(number)", ["a": .text("\(number)"), "b\(number)": "x"])
            let report = try await local.mirror.fetch()
            #expect(report.tips.head == "refs/heads/main")
            #expect(report.packByteCount > 0)
        }
        #expect(try await local.mirror.fetch().changes.isEmpty)
        let tip = try #require(last)
        #expect(try await local.read { try $0.history(from: nil, to: tip, commitsMax: 10).commits.count } == 5)
    }

    @Test func `that is not there is named`() async throws {
        let server = try GitWebServer(root: root)
        let local = try TemporaryMirror(of: "http://127.0.0.1:\(server.port)/nothing.git")
        await expectGitError(.repositoryNotFound) { try await local.mirror.fetch() }
    }

    @Test func `with a password lets in who knows it`() async throws {
        let commit = try remote.commit("x", ["a": "1"])
        let server = try GitWebServer(root: root, withPassword: true)
        let local = try local(server, access: credentials(GitWebServer.secret))
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
    }

    @Test func `with a password keeps out everybody else`() async throws {
        let server = try GitWebServer(root: root, withPassword: true)
        let without = try local(server)
        let error = await expectGitError(.authenticationFailed) { try await without.mirror.fetch() }
        #expect(error?.isTransient == false)
        let wrong = try local(server, access: credentials("wrong"))
        await expectGitError(.authenticationFailed) { try await wrong.mirror.fetch() }
    }

    @Test func `that sends to another host is not followed`() async throws {
        try remote.commit("x", ["a": "1"])
        let server = try GitWebServer(root: root)
        let local = try TemporaryMirror(of: "http://127.0.0.1:\(server.port)/elsewhere/\(name)")
        await expectGitError(.failed) { try await local.mirror.fetch() }
    }

    @Test func `gives a commit that no branch leads to when it allows that`() async throws {
        let base = try remote.commit("base", ["a": "1"])
        let lost = try remote.commit("lost", ["a": "2"])
        try remote.point("main", at: base)
        let server = try GitWebServer(root: root)
        let local = try local(server)
        await expectGitError(.missingObject) { try await local.mirror.ensure(lost) }
        try Program.git("config", "uploadpack.allowAnySHA1InWant", "true", in: remote.path)
        try await local.mirror.ensure(lost)
        #expect(try await local.read { try $0.commit(lost).summary } == "lost")
    }

    @Test func `is trusted by its certificate only`() async throws {
        let commit = try remote.commit("x", ["a": "1"])
        let certificate = try TestCertificate()
        let server = try GitWebServer(root: root, certificate: certificate)
        let unknown = try local(server, scheme: "https")
        let error = await expectGitError(.untrustedHost) { try await unknown.mirror.fetch() }
        #expect(error?.hint?.contains("authority") == true)
        let access = RemoteAccess(authoritiesFile: certificate.file)
        let known = try local(server, scheme: "https", access: access)
        #expect(try await known.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
        let wrongName = try TemporaryMirror(of: "https://127.0.0.1:\(server.port)/\(name)", access: access)
        await expectGitError(.untrustedHost) { try await wrongName.mirror.fetch() }
    }
}
