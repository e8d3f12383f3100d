import Foundation
import Git
import HTTPClient
import Model
import Synchronization
import TestSupport
import Testing

/// nginx, git http-backend and tinyproxy of Debian's.
@Suite(.serialized) struct `A host that wants to know who asks` {
    private static let user = "deploy"
    private static let secret = "s3cret/with:signs@and%41"

    let remote: RepositoryBuilder
    let commit: CommitID
    let server: ScriptedServer
    let name: String

    init() throws {
        remote = try RepositoryBuilder()
        commit = try remote.commit("x", ["a": "1"])
        let parts = remote.path.split(separator: "/")
        name = String(parts.last ?? "")
        let file = try TemporaryDirectory()
        try file.write("password", Self.secret)
        server = try ScriptedServer(
            "git_server.py", "/" + parts.dropLast().joined(separator: "/"), Self.user, file.path + "/password")
    }

    private var known: RemoteAccess {
        RemoteAccess([CredentialForm(.password, user: Self.user, secret: Self.secret)])
    }

    private func mirror(_ place: String, on port: String = "http", _ access: RemoteAccess) throws -> TemporaryMirror {
        let start = port == "https" || port == "mtls" ? "https://localhost" : "http://127.0.0.1"
        var access = access
        access.authoritiesFile = server["authority"]
        return try TemporaryMirror(of: "\(start):\(server[port])/\(place)/\(name)", access: access)
    }

    /// nginx's lines for the requests to a port so far, each with the Authorization that came.
    ///
    /// nginx writes a request's line after its answer, so the answer tells nothing of the log: its one worker is sent
    /// another request, whose line comes after all others.
    private func requests(to port: String) async throws -> [Substring] {
        let last = "/last/\(UUID().uuidString)"
        _ = try await HTTPSession().send(HTTPRequest(.get, "http://127.0.0.1:\(server["other"])\(last)"))
        let lines = try await waitFor("nginx's line for \(last)") {
            let log = try String(contentsOfFile: server["log"], encoding: .utf8)
            return log.contains("\(last) 404 ") ? log.split(separator: "\n") : nil
        }
        return lines.filter { $0.hasPrefix(server[port] + " ") && !$0.contains(" /last/") }
    }

    @Test(arguments: ["http", "https"])
    func `lets in who it knows, push after push`(port: String) async throws {
        let local = try mirror("git", on: port, known)
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
        let second = try remote.commit("y", ["a": "2"])
        #expect(try await local.mirror.fetch().changes.map(\.new) == [second.object])
        #expect(try await local.read { try $0.history(from: nil, to: second, commitsMax: 9).commits.count } == 2)
    }

    @Test func `is told at once, and once only when it refuses`() async throws {
        _ = try await mirror("git", known).mirror.remoteTips()
        #expect(try await requests(to: "http").count == 1)
        let wrong = try mirror("git", RemoteAccess([CredentialForm(.password, user: Self.user, secret: "wrong")]))
        let error = await expectGitError(.authenticationFailed) { try await wrong.mirror.remoteTips() }
        #expect(error?.cause == "the host refused the credentials")
        #expect(try await requests(to: "http").count == 2)
        let nobody = try mirror("git", RemoteAccess())
        let other = await expectGitError(.authenticationFailed) { try await nobody.mirror.remoteTips() }
        #expect(other?.hint?.contains("ocuroot auth add") == true)
    }

    @Test func `is told another password once when it does not take one that can be had anew`() async throws {
        let form = CredentialForm(.password, user: Self.user, secret: Self.secret)
        let forms = Mutex([CredentialForm(.password, user: Self.user, secret: "stale"), form])
        func mirror() throws -> (Mirror, TemporaryDirectory) {
            let directory = try TemporaryDirectory()
            let url = try RemoteURL("http://127.0.0.1:\(server["http"])/git/\(name)")
            let mirror = Mirror(directory: directory.path + "/mirror", url: url) { _ async throws(GitError) in
                let renewal = AccessRenewal { forms.withLock { if $0.count > 1 { $0.removeFirst() } } }
                return RemoteAccess([forms.withLock { $0[0] }], renewal: renewal)
            }
            return (mirror, directory)
        }
        let (first, firstPlace) = try mirror()
        #expect(try await first.fetch().tips.commit(of: "refs/heads/main") == commit)
        let refused = try await requests(to: "http").count { $0.contains(" 401 ") }
        #expect(refused == 1)
        forms.withLock { $0 = [CredentialForm(.password, user: Self.user, secret: "wrong")] }
        let (second, secondPlace) = try mirror()
        await expectGitError(.authenticationFailed) { try await second.fetch() }
        #expect(try await requests(to: "http").count { $0.contains(" 401 ") } == refused + 2)
        withExtendedLifetime((firstPlace, secondPlace)) {}
    }

    @Test func `takes the password of the URL, whatever its signs`() async throws {
        let encoded = Self.secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let url = "http://\(Self.user):\(encoded)@127.0.0.1:\(server["http"])/git/\(name)"
        let local = try TemporaryMirror(of: url)
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
    }

    @Test func `is followed where it sends us on itself`() async throws {
        let local = try mirror("moved", known)
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
        #expect(try await requests(to: "other").isEmpty)
    }

    @Test func `is not followed to another, which is told nothing`() async throws {
        let local = try mirror("away", known)
        let error = await expectGitError(.failed) { try await local.mirror.fetch() }
        #expect(error?.cause.contains("http://127.0.0.1:\(server["other"])/git/\(name)") == true)
        #expect(try await requests(to: "other").isEmpty)
    }

    @Test func `by a certificate lets in who has one`() async throws {
        let certificates = try String(contentsOfFile: server["certificate"], encoding: .utf8)
        let none = try mirror("open", on: "mtls", RemoteAccess())
        let error = await expectGitError(.failed) { try await none.mirror.fetch() }
        #expect(error?.hint?.contains("client certificate") == true)
        for (file, passphrase) in [("key", nil), ("encryptedKey", "opensesame")] {
            let key = try String(contentsOfFile: server[file], encoding: .utf8)
            let access = RemoteAccess(
                clientCertificate: ClientCertificate(
                    certificates: certificates, privateKey: key, passphrase: passphrase))
            let local = try mirror("open", on: "mtls", access)
            #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
        }
    }

    @Test func `by a certificate is not shown one whose key cannot be opened`() async throws {
        let access = RemoteAccess(
            clientCertificate: ClientCertificate(
                certificates: try String(contentsOfFile: server["certificate"], encoding: .utf8),
                privateKey: try String(contentsOfFile: server["encryptedKey"], encoding: .utf8)))
        let local = try mirror("open", on: "mtls", access)
        let error = await expectGitError(.authenticationFailed) { try await local.mirror.fetch() }
        #expect(error?.hint?.contains("passphrase") == true)
    }

    @Test(arguments: ["http", "https"])
    func `is reached through a proxy`(port: String) async throws {
        var access = known
        let proxy = "http://127.0.0.1:\(server["proxy"])"
        access.proxy = RemoteProxy(url: proxy, user: server["proxyUser"], secret: server["proxyPassword"])
        let local = try mirror("git", on: port, access)
        #expect(try await local.mirror.fetch().tips.commit(of: "refs/heads/main") == commit)
        let log = try String(contentsOfFile: server["proxyLog"], encoding: .utf8)
        #expect(log.contains("127.0.0.1") || log.contains("localhost"))
        access.proxy = RemoteProxy(url: proxy, user: server["proxyUser"], secret: "wrong")
        let refused = try mirror("git", on: port, access)
        await #expect(throws: GitError.self) { try await refused.mirror.fetch() }
    }

    @Test func `whose proxy is not there is unreachable`() async throws {
        var access = known
        access.proxy = RemoteProxy(url: "http://127.0.0.1:\(try ClosedPort().number)")
        let local = try mirror("git", access)
        await expectGitError(.unreachable) { try await local.mirror.fetch() }
    }

    @Test func `that shows a page is not taken for a repository`() async throws {
        let local = try mirror("page", known)
        let error = await expectGitError(.failed) { try await local.mirror.fetch() }
        #expect(error?.cause.contains("text/html") == true)
    }

    @Test func `that sends a secret back does not get it into an error`() async throws {
        let local = try mirror("echo", known)
        let error = await expectGitError(.failed) { try await local.mirror.fetch() }
        let sent = Data("\(Self.user):\(Self.secret)".utf8).base64EncodedString()
        #expect(error?.cause.contains("***") == true)
        #expect(error?.description.contains(sent) == false)
    }

    @Test func `that is busy says for how long`() async throws {
        let local = try mirror("busy", known)
        let error = await expectGitError(.unreachable) { try await local.mirror.fetch() }
        #expect(error?.retryAfter == .seconds(90))
    }
}
