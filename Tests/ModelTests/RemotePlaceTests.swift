import Testing

@testable import Model

@Suite struct `Credentials under a prefix` {
    @Test(arguments: [
        ("https://git.acme.com/", "https://git.acme.com/team/shop.git"),
        ("https://git.acme.com", "https://git.acme.com/shop"),
        ("https://GIT.acme.com:443/", "HTTPS://git.Acme.com/team/shop"),
        ("https://git.acme.com/team", "https://git.acme.com/team/shop.git"),
        ("https://git.acme.com/team/", "https://git.acme.com/team/shop/"),
        ("https://git.acme.com/team/shop", "https://git.acme.com/team/shop.git"),
        ("https://git.acme.com/team/shop.git", "https://git.acme.com/team/shop.git"),
        ("https://git.acme.com/te%61m/", "https://git.acme.com/team/shop.git"),
        ("https://dev.azure.com/org/My%20Project", "https://ada@dev.azure.com/org/My%20Project/_git/shop"),
        ("ssh://host/team/", "git@host:team/shop.git"),
        ("git@host:team", "ssh://git@host:22/team/shop.git"),
        ("ssh://git@host:2222/", "ssh://host:2222/srv/shop.git"),
        ("http://[::1]:8080/", "http://[::1]:8080/shop"),
    ])
    func `are for what is below it`(prefix: String, url: String) throws {
        #expect(try #require(RemotePlace(prefix)).covers(try #require(RemotePlace(url))))
    }

    @Test(arguments: [
        ("https://git.acme.com/", "https://git.acme.com.evil/shop"),
        ("https://git.acme.com/", "https://git.acme.com@evil/shop"),
        ("https://git.acme.com/", "https://evil/git.acme.com/shop"),
        ("https://git.acme.com/", "http://git.acme.com/shop"),
        ("https://git.acme.com/", "https://git.acme.com:8443/shop"),
        ("https://git.acme.com/", "https://evil.git.acme.com/shop"),
        ("https://git.acme.com/team", "https://git.acme.com/team-b/shop"),
        ("https://git.acme.com/team", "https://git.acme.com/Team/shop"),
        ("https://git.acme.com/team", "https://git.acme.com/"),
        ("https://git.acme.com/team/shop.git", "https://git.acme.com/team/shop/other"),
        ("https://git.acme.com/team/shop", "https://git.acme.com/team/shop.git/other"),
        ("ssh://host/", "https://host/shop"), ("ssh://host:2222/", "git@host:shop"),
    ])
    func `are not for what only looks like it`(prefix: String, url: String) throws {
        #expect(!(try #require(RemotePlace(prefix)).covers(try #require(RemotePlace(url)))))
    }

    @Test(arguments: [
        "https://git.acme.com/team/../other", "https://git.acme.com/team/%2e%2E/other", "https://git.acme.com/a%2fb",
        "https://evil/\u{301}@git.acme.com/team", "\u{301}git.acme.com:team", "https://evil\u{600}/@git.acme.com/team",
        "https://git.acme.com/./team", "https://git.acme.com//team", "https://git.acme.com\\@evil/", "/srv/shop.git",
        "https://git.acme.com/a?x=/team", "https://git.acme.com/#@evil/", "https:///team", "file:///srv/shop", "",
        "https://git.acme.com:0/", "https://git.acme.com:x/", "https://git.acme.com/%zz", "https://a b/", "ext::sh",
        "https://git.acme.com/%ff", "https://-oProxyCommand/x", "host", "https://git.acme.com/a\nb",
    ])
    func `are for nothing whose meaning depends on who reads it`(url: String) {
        #expect(RemotePlace(url) == nil)
    }

    @Test func `give way to those of a longer prefix, kind by kind`() {
        let all = [
            credential(1, "https://h/", .password), credential(2, "https://h/team", .password),
            credential(3, "https://h/", .proxy), credential(4, "https://h/team/shop.git", .clientCertificate),
            credential(5, "https://h/other", .password), credential(6, "https://h/", .sshKey),
        ]
        func matching(_ url: String) -> [Int64] {
            StoredCredential.matching(url, among: all).map(\.id.rawValue).sorted()
        }
        #expect(matching("https://h/team/shop.git") == [2, 3, 4])
        #expect(matching("https://h/x") == [1, 3])
        #expect(matching("https://h/team/../other/x") == [])
        #expect(matching("ssh://h/x") == [])
    }

    @Test func `of a password and a GitHub App that with the longer prefix counts, else the App`() {
        func kinds(_ app: String, _ password: String) -> [CredentialKind] {
            StoredCredential.matching(
                "https://h/team/shop", among: [credential(1, app, .gitHubApp), credential(2, password, .password)]
            ).map(\.kind)
        }
        #expect(kinds("https://h/", "https://h/team") == [.password])
        #expect(kinds("https://h/team", "https://h/") == [.gitHubApp])
        #expect(kinds("https://h/team", "https://h/team") == [.gitHubApp])
    }

    @Test(arguments: [
        ("git@h:a/b.git", "https://h/a/b.git"), ("ssh://git@h:2222/a/b", "https://h/a/b"),
        ("ssh://git@ssh.github.com:443/a/b", "https://github.com/a/b"), ("http://h:8080/a", "http://h:8080/a"),
    ])
    func `have a place for a browser`(url: String, place: String) {
        #expect(RemotePlace(url)?.web.description == place)
    }

    private func credential(_ id: Int64, _ prefix: String, _ kind: CredentialKind) -> StoredCredential {
        StoredCredential(
            id: CredentialID(rawValue: id), prefix: prefix, kind: kind, facts: [:], createdAt: .distantPast,
            updatedAt: .distantPast, updatedBy: "test", usedAt: nil, error: nil)
    }

    @Test(arguments: [
        ("https://GIT.acme.com:443", "https://git.acme.com/"), ("git@Host:team/", "ssh://host/team"),
        ("https://h/My%20Project/x.git", "https://h/My%20Project/x.git"), ("http://[::1]:8080", "http://[::1]:8080/"),
    ])
    func `are kept under one form of it`(text: String, canonical: String) throws {
        let place = try #require(RemotePlace(text))
        #expect("\(place)" == canonical)
        #expect(RemotePlace(canonical) == place)
    }

    @Test func `are never printed`() {
        let form = CredentialForm(.password, user: "ada", secret: "hunter2")
        var text = "\(form) \([form])"
        dump(form, to: &text)
        #expect(!text.contains("hunter2"))
    }

    @Test(arguments: [
        (CredentialForm(.password, user: "ada"), "secret"),
        (CredentialForm(.password, user: "a:b", secret: "x"), "colon"),
        (CredentialForm(.password, user: "ada", secret: "a\r\nX: y"), "line breaks"),
        (CredentialForm(.knownHosts, secret: "x", knownHosts: "x"), "secret"), (CredentialForm(.sshKey), "privateKey"),
        (CredentialForm(.gitHubApp, privateKey: "x", app: "../x"), "client id"),
        (CredentialForm(.gitHubApp, privateKey: "x", app: "1", installation: "1/x"), "a number"),
        (CredentialForm(.gitHubApp, app: "1"), "privateKey"), (CredentialForm(.gitHubApp, privateKey: "x"), "app"),
        (CredentialForm(.password, user: "a", secret: "b", app: "1"), "has no 'app'"),
        (CredentialForm(.proxy, proxy: "ftp://x"), "socks5"), (CredentialForm(.proxy, proxy: "http://a:b@x"), "apart"),
    ])
    func `are refused with what is wrong`(form: CredentialForm, word: String) {
        #expect(form.problem?.contains(word) == true)
    }

    @Test(arguments: [
        ("https://ada:hun%40ter2@h/x.git", "https://h/x.git", "ada", "hun@ter2"),
        ("https://tok@h/x", "https://h/x", "tok", ""),
    ])
    func `are taken out of a URL`(url: String, clean: String, user: String, secret: String) throws {
        let split = try #require(RepoURL.splitCredentials(url))
        #expect(split.url == clean)
        #expect(split.credential == CredentialForm(.password, user: user, secret: secret))
        #expect(RepoURL.splitCredentials(clean) == nil)
        #expect(RepoURL.splitCredentials("ssh://git@h/x") == nil)
    }

    @Test(arguments: [
        ("http://127.0.0.1:80/x", true), ("http://127.9.9.9/x", true), ("https://localhost/x", true),
        ("http://a.localhost/x", true), ("http://[::1]:1/x", true), ("https://127.example.com/x", false),
        ("https://127.0.0.1.example.com/x", false), ("https://10.0.0.1/x", false),
        ("https://example.com/127.0.0.1", false),
        ("git@localhost:x", true),
    ])
    func `an address of this machine's own is told by its host`(url: String, isLoopback: Bool) throws {
        #expect(try #require(RemotePlace(url)).isLoopback == isLoopback)
    }
}
