import HTTPClient
import Testing

@Suite struct HTTPRedirectTests {
    let session: HTTPSession

    init() throws { session = try HTTPSession() }

    private static let secrets: HTTPHeaders = [
        "Authorization": "Bearer topsecret", "Cookie": "session=topsecret", "X-Api-Key": "topsecret",
        "Accept": "text/html",
    ]

    private func request(
        _ method: HTTPMethod = .get, to target: String, code: Int = 302, body: HTTPBody = .none
    ) throws -> HTTPRequest {
        let encoded = target.replacing("&", with: "%26").replacing("?", with: "%3F")
        return HTTPRequest(
            method, try Servers.url("/redirect?code=\(code)&to=\(encoded)"), headers: Self.secrets, body: body)
    }

    @Test func `a redirect on the same host is followed with all headers`() async throws {
        for target in ["/echo", try Servers.url("/echo"), "echo"] {
            let response = try await session.send(request(to: target))
            let echo = try Echo(response)
            #expect(response.url == (try Servers.url("/echo")))
            #expect(echo.header("Authorization") == "Bearer topsecret")
            #expect(echo.header("X-Api-Key") == "topsecret")
        }
    }

    @Test func `a redirect to another host is refused unless asked for`() async throws {
        let error = await expectHTTPError(.redirectRefused) {
            _ = try await session.send(request(to: Servers.url("/echo?token=abc", host: "localhost")))
        }
        #expect(error?.cause.contains("localhost") == true)
        #expect(error?.description.contains("abc") == false)
        await expectHTTPError(.redirectRefused) {
            _ = try await session.send(request(to: "http://127.0.0.1:1/"))
        }
    }

    @Test func `another host never sees credentials`() async throws {
        var request = try request(to: Servers.url("/echo", host: "localhost"))
        request.redirects = .anyHost()
        request.signature = AWSSignature(
            accessKeyID: "KEYID", secretAccessKey: "s", sessionToken: "topsecret", region: "r", service: "s3")
        request.headers["Authorization"] = nil
        let echo = try Echo(await session.send(request))
        #expect(echo.header("Host")?.hasPrefix("localhost") == true)
        #expect(echo.header("Accept") == "text/html")
        #expect(!echo.headers.contains("topsecret"))
        #expect(!echo.headers.contains("KEYID"))
        #expect(echo.header("Authorization") == nil)
    }

    @Test func `user information in a URL stays with its host`() async throws {
        let port = try Servers.http["port"]
        var request = HTTPRequest(.get, "http://me:topsecret@127.0.0.1:\(port)/echo")
        #expect(try Echo(await session.send(request)).header("Authorization") == "Basic bWU6dG9wc2VjcmV0")
        request.url = "http://me:topsecret@127.0.0.1:\(port)/redirect?to=http://localhost:\(port)/echo"
        request.redirects = .anyHost()
        #expect(try Echo(await session.send(request)).header("Authorization") == nil)
    }

    @Test(arguments: ["file:///etc/passwd", "gopher://127.0.0.1:1/x", "ftp://127.0.0.1/x", "//"])
    func `a redirect to another protocol is refused`(target: String) async throws {
        await expectHTTPError(.redirectRefused) {
            var request = try request(to: target)
            request.redirects = .anyHost()
            _ = try await session.send(request)
        }
    }

    @Test func `redirects are counted`() async throws {
        var request = HTTPRequest(.get, try Servers.url("/loop"))
        await expectHTTPError(.tooManyRedirects) { _ = try await session.send(request) }
        request.redirects = .anyHost(countMax: 0)
        await expectHTTPError(.tooManyRedirects) { _ = try await session.send(request) }
        request.redirects = .asResponse
        let response = try await session.send(request)
        #expect(response.status == 302)
        #expect(response.headers["Location"] == "/loop")
    }

    @Test(arguments: [
        (301, HTTPMethod.post, "GET", "0"), (302, .post, "GET", "0"), (303, .post, "GET", "0"),
        (303, .put, "GET", "0"), (302, .put, "PUT", "4"), (307, .post, "POST", "4"), (308, .put, "PUT", "4"),
        (308, .delete, "DELETE", "4"),
    ])
    func `the status says whether method and body are repeated`(
        code: Int, method: HTTPMethod, arrived: String, count: String
    ) async throws {
        let echo = try Echo(await session.send(request(method, to: "/echo", code: code, body: .text("body"))))
        #expect(echo.method == arrived)
        #expect(echo.count == count)
    }

    @Test func `a stream is redirected before it begins`() async throws {
        let stream = try await session.open(request(to: "/hello"))
        #expect(stream.status == 200)
        #expect(stream.url == (try Servers.url("/hello")))
        var body: [UInt8] = []
        for try await piece in stream.body { body += piece }
        #expect(String(decoding: body, as: UTF8.self) == "hello")
    }

    @Test func `one time limit holds for all redirects together`() async throws {
        var request = try request(to: "/hold")
        request.timeouts.total = .milliseconds(400)
        let start = ContinuousClock.now
        await expectHTTPError(.timedOut) { _ = try await session.send(request) }
        #expect(ContinuousClock.now - start < .seconds(30))
    }
}
