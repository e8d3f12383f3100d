import Foundation
import Model
import Testing

@testable import GitHosts

@Suite struct RegisteringTests {
    @Test(
        arguments: [
            ("https://github.com/acme/shop.git", .github), ("git@github.com:acme/shop.git", .github),
            ("ssh://git@github.example.com/acme/shop", .github), ("https://ada:x@gitlab.com/a/b/c.git", .gitlab),
            ("https://gitlab.example.com:8443/a/b.git", .gitlab), ("https://codeberg.org/a/b.git", .gitea),
            ("https://gitea.example.com/a/b.git", .gitea), ("forgejo@forgejo.example.com:a/b.git", .gitea),
            ("https://bitbucket.org/a/b.git", .bitbucket), ("git@bitbucket.org:a/b.git", .bitbucket),
            ("https://bitbucket.example.com/scm/p/r.git", .bitbucketDataCenter),
            ("https://git.example.com/scm/p/r.git", .bitbucketDataCenter),
            ("https://dev.azure.com/org/project/_git/repo", .azure), ("git@ssh.dev.azure.com:v3/o/p/r", .azure),
            ("https://org.visualstudio.com/p/_git/r", .azure), ("https://tfs.example.com/tfs/c/p/_git/r", .azure),
            ("file:///srv/git/github.com/shop.git", nil), ("https://git.example.com/a.git", nil), ("/srv/x", nil),
            ("https://notgithub.com/a/b", nil), ("", nil), ("https://", nil), ("shop", nil),
        ] as [(String, GitHost?)])
    func `a host is told by the URL where it can be`(url: String, host: GitHost?) {
        #expect(GitHost.told(by: url) == host)
    }

    @Test(arguments: GitHost.allCases) func `instructions name the address and the secret once`(host: GitHost) {
        let lines = WebhookInstructions(
            host: host, repository: "https://ada:hunter2@git.example.com/acme/shop.git",
            url: "https://ci.example.com/webhooks/x/o1", secret: Secret("s3cret")
        ).lines.joined(separator: "\n")
        #expect(lines.components(separatedBy: "https://ci.example.com/webhooks/x/o1").count == 2)
        #expect(lines.components(separatedBy: "s3cret").count == 2)
        #expect(!lines.contains("hunter2"))
    }

    @Test(
        arguments: [
            (.github, "git@github.com:acme/shop.git", "http://127.0.0.1:8080", "github"),
            (.generic, "https://git.example.com/shop.git", "http://[::1]:8080", "git.example.com"),
            (.gitlab, "http://localhost:3000/acme/shop", "http://127.0.0.1:8080", nil),
            (.github, "file:///srv/git/shop.git", "http://127.0.0.1:8080", nil),
            (.github, "https://github.com/acme/shop.git", "https://ci.example.com", nil),
        ] as [(GitHost, String, String, String?)])
    func `instructions say where the host cannot reach the address`(
        host: GitHost, repository: String, server: String, name: String?
    ) {
        let lines = WebhookInstructions(
            host: host, repository: repository, url: server + "/webhooks/x/o1", secret: Secret("s3cret")
        ).lines
        let note = lines.first { $0.hasPrefix("note: ") }
        #expect(note == name.map { "note: \($0) cannot deliver to \(server): no other machine reaches that" })
        #expect((lines.last?.contains("--public-url") == true) == (name != nil))
    }

    @Test func `instructions point at the page where the host has one`() {
        func page(_ host: GitHost, _ url: String) -> String? {
            WebhookInstructions(host: host, repository: url, url: "", secret: Secret("")).page
        }
        #expect(page(.github, "git@github.com:acme/shop.git") == "https://github.com/acme/shop/settings/hooks/new")
        #expect(
            page(.gitlab, "https://gitlab.example.com:8443/a/b/c.git")
                == "https://gitlab.example.com:8443/a/b/c/-/hooks")
        #expect(page(.generic, "file:///srv/shop.git") == nil)
        #expect(page(.github, "file:///srv/shop.git") == nil)
    }
}
