import Foundation
import Model
import Testing

@testable import GitHosts

@Suite struct `A kept credential goes to the API of` {
    private func credential(
        _ prefix: String, _ kind: CredentialKind = .password, _ facts: [String: String] = [:]
    ) -> StoredCredential {
        StoredCredential(
            id: CredentialID(rawValue: 1), prefix: prefix, kind: kind, facts: facts, createdAt: .distantPast,
            updatedAt: .distantPast, updatedBy: "test", usedAt: nil, error: nil)
    }

    private func api(_ host: GitHost, _ url: String, _ kept: StoredCredential, given: String? = nil) -> String? {
        try? HostWay(to: host, of: url, keptIn: [kept], api: given, project: "acme/shop").api
    }

    @Test func `its own host`() {
        let github = credential("https://github.com/acme")
        #expect(api(.github, "https://github.com/acme/shop.git", github) == "https://api.github.com")
        #expect(api(.github, "git@github.com:acme/shop.git", github) == "https://api.github.com")
        #expect(api(.github, "ssh://git@ssh.github.com:443/acme/shop", github) == "https://api.github.com")
        #expect(api(.github, "https://github.com/other/shop", github) == nil)
        #expect(
            api(.gitlab, "https://git.acme.com/a/b", credential("https://git.acme.com/"))
                == "https://git.acme.com/api/v4")
        #expect(api(.github, "https://a.ghe.com/a/b", credential("https://a.ghe.com/")) == "https://api.a.ghe.com")
        #expect(api(.bitbucket, "https://bitbucket.org/a/b", credential("https://bitbucket.org/")) != nil)
    }

    @Test func `no other host, whoever asks for it`() {
        let kept = credential("https://git.acme.com/")
        let url = "https://git.acme.com/acme/shop"
        #expect(api(.gitea, url, kept, given: "https://evil.example.com/api/v1") == nil)
        #expect(api(.gitea, url, kept, given: "http://git.acme.com/api/v1") == nil)
        #expect(api(.gitea, url, kept, given: "https://git.acme.com:8443/api/v1") == nil)
        #expect(api(.gitea, url, kept, given: "https://git.acme.com@evil.example.com/api/v1") == nil)
        #expect(api(.gitea, url, kept, given: "https://git.acme.com/git/api/v1/") == "https://git.acme.com/git/api/v1")
        #expect(api(.bitbucket, url, kept) == nil, "Bitbucket Cloud has one API, which is not this host's")
    }

    @Test func `the repository alone that is named`() {
        func project(_ name: String, _ host: GitHost = .gitea) -> String? {
            try? HostWay(to: host, of: "https://git.acme.com/a/b", api: nil, project: name).project
        }
        #expect(project("acme/shop") == "acme/shop" && project("ä/ö.git") == "ä/ö.git" && project("/a/b/") == "a/b")
        #expect(project("a/b/c", .gitlab) == "a/b/c" && project("42", .gitlab) == "42")
        for name in [
            "", "/", "a", "42", "a/b/c", "../..", "a/..", "./a", "a b/c", "a/b\n", String(repeating: "a/", count: 999),
        ] {
            #expect(project(name) == nil, "\(name.prefix(20))")
        }
        #expect(project("a/../../b", .gitlab) == nil && project("a", .gitlab) == nil)
    }

    @Test func `the App that it is`() {
        let app = credential("https://github.com/acme", .gitHubApp)
        let own = credential("http://127.0.0.1:9/", .gitHubApp, ["api": "http://127.0.0.1:9/api/v3/"])
        #expect(api(.github, "https://github.com/acme/shop", app) == "https://api.github.com")
        #expect(api(.github, "http://127.0.0.1:9/acme/shop", own) == "http://127.0.0.1:9/api/v3")
        #expect(api(.github, "http://127.0.0.1:9/acme/shop", own, given: "http://127.0.0.1:9/api/v3") != nil)
        #expect(api(.github, "http://127.0.0.1:9/acme/shop", own, given: "http://127.0.0.1:9/other") == nil)
        #expect(api(.gitlab, "https://github.com/acme/shop", app) == nil)
    }

    @Test(arguments: [
        (GitHost.github, "ada", "t0ken", "t0ken"), (.github, "t0ken", "", "t0ken"),
        (.github, "t0ken", "x-oauth-basic", "t0ken"), (.bitbucket, "ada", "pass", "ada:pass"),
        (.bitbucket, "x-token-auth", "t0ken", "t0ken"),
    ])
    func `a password is`(host: GitHost, user: String, secret: String, token: String) {
        #expect(HostWay.token(of: CredentialForm(.password, user: user, secret: secret), for: host).text == token)
    }

    @Test func `what is missing is named`() {
        func obstacle(_ url: String, api: String? = nil) -> String? {
            do throws(HostWay.Obstacle) {
                _ = try HostWay(to: .gitlab, of: url, api: api, project: nil)
                return nil
            } catch {
                return error.detail
            }
        }
        #expect(obstacle("file:///srv/shop")?.contains("calls it") == true)
        #expect(obstacle("https://gitlab.com/a/b", api: "ftp://x")?.contains("http or https") == true)
        #expect(obstacle("https://gitlab.com/a/b", api: "https://ada:x@h/")?.contains("without user") == true)
        #expect(obstacle("https://gitlab.com/a/b/c") == nil)
    }
}
