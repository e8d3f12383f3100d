import Testing

@testable import Server

@Suite struct HeaderTests {
    @Test(arguments: [
        ("Bearer abc", Credentials.bearer("abc")), ("bearer abc", .bearer("abc")),
        ("Basic bWU6YTpi", .basic(password: "a:b")),
    ])
    func `credentials are read`(header: String, expected: Credentials) {
        #expect(Credentials(header) == expected)
    }

    @Test(arguments: [nil, "", "Bearer", "Bearer ", "Basic ???", "Basic bWU=", "Digest x"])
    func `anything else is no credentials`(header: String?) {
        #expect(Credentials(header) == nil)
    }

    @Test(arguments: ["127.0.0.1", "127.0.0.1:8642", "localhost:80", "LOCALHOST", "[::1]:8642", "10.0.0.7"])
    func `an address cannot be rebound`(authority: String) {
        #expect(HostName.isSafeForAnonymous(authority))
    }

    @Test(arguments: [nil, "", "evil.example.com", "1.2.3.4.evil.com", "localhost.evil.com", "256.1.1.1"])
    func `a name can be rebound`(authority: String?) {
        #expect(!HostName.isSafeForAnonymous(authority))
    }

    @Test func `a configuration prints without its key`() {
        let configuration = WebServer.Configuration(
            host: "127.0.0.1", port: 80, apiKey: "secret-key", isAnonymousReadAllowed: false)
        #expect(!"\(configuration)".contains("secret-key"))
        #expect(!"\(["nested": configuration])".contains("secret-key"))
    }

    @Test func `the data of a server-sent event cannot begin another field`() {
        let text = String(buffer: ServerSentEvent.message(id: "v1", name: "status", data: "a\nid: v9\r\nb"))
        #expect(text == "id: v1\nevent: status\ndata: a\ndata: id: v9\ndata: b\n\n")
    }
}
