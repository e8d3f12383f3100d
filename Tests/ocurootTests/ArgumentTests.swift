import Model
import Testing

@testable import ocuroot

@Suite struct ArgumentTests {
    @Test func `a placement is read in all its forms`() throws {
        func parts(_ text: String) -> [String?]? {
            PlacementPattern(text).map { [$0.repo, $0.package, $0.environment] }
        }
        #expect(parts("api") == [nil, "api", nil])
        #expect(parts("api@prod") == [nil, "api", "prod"])
        #expect(parts("acme/shop//api@prod") == ["acme/shop", "api", "prod"])
        #expect(parts("@prod") == [nil, nil, "prod"])
        for text in ["", "@", "api@", "//api"] { #expect(parts(text) == nil) }
    }

    @Test func `an address to listen on is read`() {
        #expect(ListenAddress("127.0.0.1:0").map { "\($0.host) \($0.port)" } == "127.0.0.1 0")
        #expect(ListenAddress("[::1]:8642").map { "\($0.host) \($0.port)" } == "::1 8642")
        for text in ["", "8642", ":1", "::1:1", "host:", "host:70000", "host:-1"] {
            #expect(ListenAddress(text) == nil)
        }
    }

    @Test func `a client's address is one that can be reached`() {
        #expect(ListenAddress("0.0.0.0:0")?.url(port: 7) == "http://127.0.0.1:7")
        #expect(ListenAddress("[::]:0")?.url(port: 7) == "http://[::1]:7")
        #expect(ListenAddress("build.example.com:80")?.url(port: 80) == "http://build.example.com:80")
    }

    @Test func `a directory is a repository's URL`() {
        #expect(RepoArgument.url("/") == "file:///")
        #expect(RepoArgument.url("https://example.com/shop.git") == "https://example.com/shop.git")
        #expect(RepoArgument.url("git@example.com:shop.git") == "git@example.com:shop.git")
        #expect(RepoArgument.ref("main") == "refs/heads/main")
        #expect(RepoArgument.ref("refs/tags/v1") == "refs/tags/v1")
    }
}
