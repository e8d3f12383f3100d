import Testing

@testable import Model

@Suite struct RepoURLTests {
    @Test(arguments: [
        ("https://ada:hunter2@example.com/x.git", "https://ada:***@example.com/x.git"),
        ("https://ada:hun@ter2@example.com/x", "https://ada:***@example.com/x"),
        ("https://ghp_token@github.com/acme/shop", "https://***@github.com/acme/shop"),
        ("https://ghp_token:@github.com/acme/shop", "https://***@github.com/acme/shop"),
        ("https://ghp_token:x-oauth-basic@github.com/a/b", "https://***@github.com/a/b"),
        ("https://ada:hunter2@\u{301}example.com/x", "https://ada:***@\u{301}example.com/x"),
        ("https://ada:\u{301}hunter2@example.com/x", "https://ada:***@example.com/x"),
        ("HTTP://token@example.com/", "HTTP://***@example.com/"),
        ("ssh://git:hunter2@example.com/x", "ssh://git:***@example.com/x"),
        ("ada:hunter2@example.com:x", "ada:***@example.com:x"),
    ])
    func `what may be a secret in a URL is not shown`(url: String, shown: String) {
        #expect(RepoURL.withoutPassword(url) == shown)
        #expect(RepoURL.withoutPassword(shown) == shown, "what is shown names the same")
    }

    @Test(arguments: [
        "file:///srv/a@b", "https://example.com/a:b@c", "https://example.com:8443/x", "ssh://git@example.com/x",
        "git@example.com:acme/shop", "git@example.com:acme@2", "/srv/shop", "", "nonsense",
    ])
    func `a URL without a secret is shown as it is`(url: String) {
        #expect(RepoURL.withoutPassword(url) == url)
    }
}
