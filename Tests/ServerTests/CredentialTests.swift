import Foundation
import HTTPClient
import Model
import Store
import Testing

@testable import Server

@Suite struct `Credentials over the API` {
    private static let secret = "hunter2-hunter2"

    private func with(_ body: @escaping @Sendable (TestServer) async throws -> Void) async throws {
        try await TestServer.with(body)
    }

    @Test func `are kept, listed and removed, and never come back`() async throws {
        try await with { server in
            let form = CredentialForm(.password, user: "ada", secret: Self.secret)
            let kept = try await server.post(
                "/api/v1/credentials", CredentialsRequest(prefix: "https://Git.acme.com/team/", credentials: [form]))
            #expect(kept.status == 201, "\(kept.text)")
            let credential = try #require(try kept.decoded(CredentialList.self).credentials.first)
            #expect(credential.prefix == "https://git.acme.com/team" && credential.facts == ["user": "ada"])
            let report = try await server.post(
                "/api/v1/credentials/test", RemoteRequest(url: "https://git.acme.com/team/shop.git"))
            #expect(try report.decoded(RemoteReport.self).credentials.map(\.id) == [credential.id])
            for path in ["/", "/tables", "/api/v1/status", "/api/v1/events", "/api/v1/credentials"] {
                let answer = try await server.send(.get, path)
                #expect(answer.status == 200 && !answer.text.contains(Self.secret), "\(path)")
            }
            #expect(!kept.text.contains(Self.secret) && !report.text.contains(Self.secret))
            #expect(try await server.send(.delete, "/api/v1/credentials/\(credential.id)").status == 204)
            #expect(try await server.send(.delete, "/api/v1/credentials/\(credential.id)").status == 404)
            #expect(try await server.get("/api/v1/credentials", as: CredentialList.self).credentials.isEmpty)
        }
    }

    @Test(arguments: [
        ("https://ada:x@git.acme.com/", 400), ("https://git.acme.com/../x", 400), ("file:///srv", 400),
        ("ssh://git.acme.com/", 422),
    ])
    func `are refused for a prefix that they cannot be for`(prefix: String, status: Int) async throws {
        try await with { server in
            let form = CredentialForm(.password, user: "ada", secret: Self.secret)
            let answer = try await server.post(
                "/api/v1/credentials", CredentialsRequest(prefix: prefix, credentials: [form]))
            #expect(answer.status == status, "\(answer.text)")
            #expect(!answer.text.contains(Self.secret))
        }
    }

    @Test(arguments: [
        CredentialForm(.sshKey, privateKey: "ssh-ed25519 AAAA hunter2-hunter2"),
        CredentialForm(.knownHosts, knownHosts: "# hunter2-hunter2"),
        CredentialForm(.clientCertificate, privateKey: "hunter2-hunter2", certificates: "x"),
        CredentialForm(.proxy, secret: "hunter2-hunter2", proxy: "ftp://x"),
    ])
    func `are refused when they could never work, by a sentence without them`(form: CredentialForm) async throws {
        try await with { server in
            let scheme = form.kind.schemes.contains("https") ? "https" : "ssh"
            let answer = try await server.post(
                "/api/v1/credentials", CredentialsRequest(prefix: "\(scheme)://h/", credentials: [form]))
            #expect(answer.status == 422)
            #expect(try answer.problem.code == "invalid_credential")
            #expect(!answer.text.contains(Self.secret))
        }
    }

    @Test func `need a master key, and say so`() async throws {
        try await TestServer.with(hasKey: false) { server in
            let form = CredentialForm(.password, user: "ada", secret: Self.secret)
            let answer = try await server.post(
                "/api/v1/credentials", CredentialsRequest(prefix: "https://h/", credentials: [form]))
            #expect(try answer.problem.code == "no_master_key")
        }
    }
}
