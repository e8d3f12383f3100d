import Foundation
import HTTPClient
import Testing

@Suite struct HTTPSessionTests {
    let session: HTTPSession

    init() throws { session = try HTTPSession() }

    @Test func `a response comes with its status, headers and body`() async throws {
        let response = try await session.send(HTTPRequest(.get, try Servers.url("/hello")))
        #expect(response.status == 200)
        #expect(response.text == "hello")
        #expect(response.headers["x-COLOUR"] == "red")
        #expect(response.headers.values(of: "X-Colour") == ["red", "blue"])
        #expect(response.headers["X-Empty"]?.isEmpty == true)
        #expect(response.headers["X-None"] == nil)
        #expect(response.url == (try Servers.url("/hello")))
    }

    @Test(arguments: [204, 404, 409, 429, 500, 503]) func `an error status is a response`(status: Int) async throws {
        let response = try await session.send(HTTPRequest(.get, try Servers.url("/status?code=\(status)")))
        #expect(response.status == status)
        #expect(response.isSuccess == (status == 204))
    }

    @Test(arguments: HTTPMethod.allCases) func `every method arrives as it is`(method: HTTPMethod) async throws {
        let response = try await session.send(HTTPRequest(method, try Servers.url("/echo")))
        #expect(response.status == 200)
        if method == .head {
            #expect(response.body.isEmpty)
        } else {
            #expect(try Echo(response).method == method.rawValue)
        }
    }

    @Test(arguments: [HTTPMethod.post, .put, .patch, .delete], [0, 1, 70_000, 5_000_000])
    func `a body arrives whole, with its length announced`(method: HTTPMethod, count: Int) async throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        let echo = try Echo(
            await session.send(HTTPRequest(method, try Servers.url("/echo"), body: .bytes(bytes))))
        #expect(echo.method == method.rawValue)
        #expect(echo.header("Content-Length") == "\(count)")
        #expect(echo.sha256 == digest(bytes))
        #expect(echo.header("Content-Type") == nil)
        #expect(echo.header("Expect") == nil)
    }

    @Test func `a file is sent as a body`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "http-body-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let bytes = [UInt8](repeating: 9, count: 3_000_001)
        try Data(bytes).write(to: file)
        let echo = try Echo(
            await session.send(HTTPRequest(.put, try Servers.url("/echo"), body: .file(path: file.path))))
        #expect(echo.count == "3000001")
        #expect(echo.sha256 == digest(bytes))
        for path in ["/does/not/exist", "/tmp", "/dev/zero"] {
            await expectHTTPError(.bodyUnreadable) {
                _ = try await session.send(HTTPRequest(.put, Servers.url("/echo"), body: .file(path: path)))
            }
        }
    }

    @Test func `headers are sent as given, and only a few of our own`() async throws {
        let headers: HTTPHeaders = ["X-One": "1", "X-Empty": "", "Content-Type": "text/plain", "X-Spaced": "a  b"]
        let echo = try Echo(
            await session.send(HTTPRequest(.post, try Servers.url("/echo"), headers: headers, body: .text("x"))))
        #expect(echo.header("X-One") == "1")
        #expect(echo.header("X-Empty")?.isEmpty == true)
        #expect(echo.header("X-Spaced") == "a  b")
        #expect(echo.header("Content-Type") == "text/plain")
        #expect(echo.header("User-Agent") == "ocuroot")
        #expect(echo.header("Authorization") == nil)
        #expect(echo.headers.split(separator: "\n").count == 8)
    }

    @Test func `a connection is used again`() async throws {
        var connections: Set<String> = []
        for _ in 0..<20 {
            connections.insert(
                try Echo(await session.send(HTTPRequest(.get, try Servers.url("/echo")))).connection)
        }
        #expect(connections.count == 1)
    }

    @Test func `a kept connection that died is replaced without an error`() async throws {
        for _ in 0..<10 {
            #expect(try await session.send(HTTPRequest(.get, Servers.url("/hang-up"))).status == 200)
            let echo = try Echo(
                await session.send(HTTPRequest(.post, try Servers.url("/echo"), body: .text("again"))))
            #expect(echo.count == "5")
        }
    }

    @Test func `an interim response is not the response`() async throws {
        let response = try await session.send(HTTPRequest(.get, try Servers.url("/interim")))
        #expect(response.status == 200)
        #expect(response.text == "after the hints")
        #expect(response.headers["Link"] == nil)
    }

    @Test func `a unix socket takes the place of host and port`() async throws {
        var request = HTTPRequest(.get, "http://engine.example/echo?a=1")
        request.unixSocketPath = try Servers.http["unixSocket"]
        let echo = try Echo(await session.send(request))
        #expect(echo.path == "/echo?a=1")
        #expect(echo.header("Host") == "engine.example")
    }

    @Test func `a proxy is asked for the whole URL`() async throws {
        var request = HTTPRequest(.get, "http://far.invalid/page")
        request.proxy = try Servers.url("")
        #expect(try await session.send(request).text == "proxied http://far.invalid/page")
    }

    @Test func `a request is signed for AWS when asked to`() async throws {
        var request = HTTPRequest(.get, try Servers.url("/echo"))
        request.signature = AWSSignature(
            accessKeyID: "KEYID", secretAccessKey: "topsecret", sessionToken: "session", region: "eu-x",
            service: "s3")
        let echo = try Echo(await session.send(request))
        let authorization = try #require(echo.header("Authorization"))
        #expect(authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=KEYID/"))
        #expect(authorization.contains("/eu-x/s3/aws4_request"))
        #expect(echo.header("x-amz-security-token") == "session")
        #expect(!echo.headers.contains("topsecret"))
        #expect(!"\(String(describing: request.signature))".contains("topsecret"))
    }

    private func digest(_ bytes: [UInt8]) -> String { Reference.sha256(bytes) }
}
