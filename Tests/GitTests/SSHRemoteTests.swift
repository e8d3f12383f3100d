import Foundation
import Git
import Model
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct `A remote over ssh` {
    let remote: RepositoryBuilder
    let server: SSHServer
    let commit: CommitID

    init() throws {
        remote = try RepositoryBuilder()
        commit = try remote.commit("x", ["a": "1"])
        server = try SSHServer()
    }

    private func mirror(
        keyFile: String? = nil, hosts: HostKeys? = nil, credentials: CredentialSource? = nil, path: String? = nil
    ) throws -> TemporaryMirror {
        let file = keyFile ?? server.keyFile
        let byFile = CredentialSource { request in
            guard request.attempt == 1 else { return nil }
            return .keyFile(user: request.user ?? "", privateKeyFile: file, publicKeyFile: nil, passphrase: nil)
        }
        let access = RemoteAccess(
            credentials: credentials ?? byFile,
            hostKeys: hosts ?? .listed(KnownHosts(text: server.knownHosts)))
        return try TemporaryMirror(of: server.url(of: path ?? remote.path), access: access)
    }

    @Test func `is mirrored, push after push`() async throws {
        let local = try mirror()
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
        let second = try remote.commit("y", ["a": "2"])
        let report = try await local.mirror.fetch()
        #expect(report.changes == [RefChange(ref: "refs/heads/main", old: commit.object, new: second.object)])
        #expect(try await local.mirror.fetch().packByteCount == 0)
        #expect(try await local.read { try $0.file(at: "a", in: $0.commit(second).tree) } == Array("2".utf8))
    }

    @Test func `that nobody gives a key for says how to give one`() async throws {
        let local = try mirror(credentials: CredentialSource { request in .agent(user: request.user ?? "") })
        let error = await expectGitError(.authenticationFailed) { try await local.mirror.fetch() }
        #expect(error?.hint?.contains("key") == true)
    }

    @Test func `whose host key is not listed is refused`() async throws {
        let local = try mirror(hosts: .listed(KnownHosts(text: "# nobody\n")))
        let error = await expectGitError(.untrustedHost) { try await local.mirror.fetch() }
        #expect(error?.cause.contains(try server.fingerprint()) == true)
        #expect(error?.hint?.contains("ocuroot auth add ssh://127.0.0.1:\(server.port)/ --scan") == true)
    }

    @Test func `whose host is listed with another key is refused`() async throws {
        let other = try SSHServer()
        let key = other.knownHosts.split(separator: " ").dropFirst().joined(separator: " ")
        let local = try mirror(hosts: .listed(KnownHosts(text: "[127.0.0.1]:\(server.port) \(key)")))
        let error = await expectGitError(.untrustedHost) { try await local.mirror.fetch() }
        #expect(error?.hint?.contains("attack") == true)
    }

    @Test func `whose host key is revoked is refused`() async throws {
        let local = try mirror(hosts: .listed(KnownHosts(text: server.knownHosts + "@revoked " + server.knownHosts)))
        await expectGitError(.untrustedHost) { try await local.mirror.fetch() }
    }

    @Test func `is not trusted by the user's known_hosts when that does not know it`() async throws {
        let local = try mirror(hosts: .system)
        await expectGitError(.untrustedHost) { try await local.mirror.fetch() }
    }

    @Test func `keeps out a key that it does not know`() async throws {
        let local = try mirror(keyFile: server.strangerKeyFile)
        let error = await expectGitError(.authenticationFailed) { try await local.mirror.fetch() }
        #expect(error?.isTransient == false)
    }

    @Test func `keeps out who has no key`() async throws {
        let local = try mirror(credentials: CredentialSource.none)
        await expectGitError(.authenticationFailed) { try await local.mirror.fetch() }
    }

    @Test func `shows its host key to who asks, without being told who that is`() async throws {
        let asked = Mutex(0)
        let counting = CredentialSource { _ in
            asked.withLock { $0 += 1 }
            return nil
        }
        let key = try await mirror(credentials: counting).mirror.hostKey()
        #expect(key.fingerprint == (try server.fingerprint()))
        #expect(asked.withLock { $0 } == 0)
        let line = key.knownHostsLine(host: "127.0.0.1", port: server.port)
        let local = try mirror(hosts: .listedOrSystem(KnownHosts(text: line)))
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
    }

    @Test(
        arguments: [
            ["-t", "ed25519"], ["-t", "ecdsa", "-b", "256"], ["-t", "ecdsa", "-b", "521", "-m", "PEM"],
        ], ["", "open sesame"])
    func `lets in a key that is kept in memory`(kind: [String], passphrase: String) async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/key"
        try Program.run("/usr/bin/ssh-keygen", kind + ["-q", "-N", passphrase, "-f", file])
        try server.authorize(directory.read("key.pub") ?? "")
        let key = CredentialForm(
            .sshKey, privateKey: directory.read("key"), passphrase: passphrase.isEmpty ? nil : passphrase)
        let local = try mirror(credentials: RemoteAccess([key]).credentials)
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
    }

    @Test func `keeps out a key whose passphrase is wrong`() async throws {
        let directory = try TemporaryDirectory()
        let file = directory.path + "/key"
        try Program.run("/usr/bin/ssh-keygen", ["-t", "ed25519", "-q", "-N", "open sesame", "-f", file])
        try server.authorize(directory.read("key.pub") ?? "")
        let key = CredentialForm(.sshKey, privateKey: directory.read("key"), passphrase: "closed")
        let local = try mirror(credentials: RemoteAccess([key]).credentials)
        await expectGitError(.authenticationFailed) { try await local.mirror.fetch() }
    }

    @Test func `lets in the keys of the agent`() async throws {
        let directory = try TemporaryDirectory()
        let socket = directory.path + "/agent"
        let output = try PrivatePipe()
        let agent = try ChildProcess(
            "/usr/bin/ssh-agent", ["-D", "-a", socket], input: output.reading, output: output.writing)
        defer { kill(agent.pid, SIGTERM) }
        _ = output.read(line: true)
        try Program.run("/usr/bin/ssh-add", ["-q", server.keyFile], environment: ["SSH_AUTH_SOCK": socket])
        setenv("SSH_AUTH_SOCK", socket, 1)
        defer { unsetenv("SSH_AUTH_SOCK") }
        let local = try mirror(credentials: .agent)
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
    }

    @Test func `that is not there is named`() async throws {
        let local = try mirror(path: "/nowhere/at/all.git")
        await expectGitError(.repositoryNotFound) { try await local.mirror.fetch() }
    }
}
