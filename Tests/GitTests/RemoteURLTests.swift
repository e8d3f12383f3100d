import Git
import Testing

@Suite struct `A remote URL` {
    @Test(arguments: [
        ("/srv/git/x.git", RemoteURL.Transport.local, String?.none, Int?.none),
        ("file:///srv/my%20repo", .local, nil, nil),
        ("https://example.com/a/b.git", .https, "example.com", nil),
        ("https://user:secret@example.com:8443/a", .https, "example.com", 8443),
        ("http://127.0.0.1:8080/x", .http, "127.0.0.1", 8080),
        ("ssh://git@example.com:2222/x.git", .ssh, "example.com", 2222),
        ("ssh://[::1]:22/x", .ssh, "::1", 22),
        ("git@github.com:ocuroot/ocuroot.git", .ssh, "github.com", nil),
    ])
    func `is understood`(text: String, transport: RemoteURL.Transport, host: String?, port: Int?) throws {
        let url = try RemoteURL(text)
        #expect(url.transport == transport)
        #expect(url.host == host)
        #expect(url.port == port)
    }

    @Test(arguments: [
        "", "relative/path", "../up", "ext::sh -c id", "git://example.com/x", "ftp://example.com/x",
        "https:///x", "https://example.com", "https://exa mple.com/x", "ssh://-oProxyCommand=id/x",
        "-oProxyCommand=id:x", "https://example.com:0/x", "https://example.com:99999/x", "file://host/x",
        "https://evil.example/\u{301}@example.com/x", "https://evil.example\u{600}/@example.com/x",
        "https://evil.example?@example.com/x", "https://example.com::443/x", "https://evil.example#@example.com/x",
        "ssh://evil\\@example.com/x",
        "evil.example:\u{301}x@example.com:x", "https://example.com/x\n", "file:///a%0", "file:///a%00", "C:\\repo x",
        "https://example.com/" + String(repeating: "x", count: 3000),
    ])
    func `is refused`(text: String) async {
        let error = await expectGitError(.invalidURL) { try RemoteURL(text) }
        #expect(error?.hint != nil)
    }

    @Test func `never shows its password`() async throws {
        #expect(try RemoteURL("https://user:hunter2@example.com/x").description == "https://user:***@example.com/x")
        let error = await expectGitError(.invalidURL) { try RemoteURL("nope://user:hunter2@example.com/x") }
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func `of a file decodes its path`() throws {
        #expect(try RemoteURL("file:///srv/my%20repo").localPath == "/srv/my repo")
    }
}
