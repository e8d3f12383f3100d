import HTTPClient
import Testing

@Suite struct HTTPFailureTests {
    let session: HTTPSession

    init() throws { session = try HTTPSession() }

    @Test func `nobody listening is told apart from nobody of that name`() async throws {
        let closed = try Servers.http["closedPort"]
        let refused = await expectHTTPError(.couldNotConnect) {
            _ = try await session.send(HTTPRequest(.get, "http://127.0.0.1:\(closed)/"))
        }
        #expect(refused?.isTransient == true)
        await expectHTTPError(.couldNotResolve) {
            _ = try await session.send(HTTPRequest(.get, "http://no-such-host.invalid/"))
        }
        await expectHTTPError(.couldNotConnect) {
            var request = HTTPRequest(.get, "http://engine.example/")
            request.unixSocketPath = "/does/not/exist"
            _ = try await session.send(request)
        }
    }

    @Test func `an error shows the place but no secret`() async throws {
        let closed = try Servers.http["closedPort"]
        var request = HTTPRequest(
            .post, "http://me:topsecret@127.0.0.1:\(closed)/a/b?token=topsecret#topsecret",
            headers: ["X-Api-Key": "topsecret"], body: .text("topsecret"))
        let error = await expectHTTPError(.couldNotConnect) { _ = try await session.send(request) }
        #expect(error?.subject == "http://127.0.0.1:\(closed)/a/b?…")
        #expect(error?.operation == "POST")
        #expect(error.map { !"\($0)".contains("topsecret") } == true)
        request.url = "http://127.0.0.1:\(closed)/hooks/topsecret"
        request.errorSubject = "the chat webhook"
        let hidden = await expectHTTPError(.couldNotConnect) { _ = try await session.send(request) }
        #expect(hidden?.subject == "the chat webhook")
        #expect(hidden.map { !"\($0)".contains("topsecret") } == true)
    }

    @Test func `connecting is timed`() async throws {
        var request = HTTPRequest(.get, "http://127.0.0.1:\(try Servers.http["stuckPort"])/")
        request.timeouts = HTTPTimeouts(connect: .milliseconds(300), total: nil, stall: nil)
        let error = await expectHTTPError(.timedOut) { _ = try await session.send(request) }
        // libcurl's own measure, as this task may have to wait for a thread before it hears of the end.
        let measured = try #require(error?.cause.firstMatch(of: #/after ([0-9]+) m/#)?.1)
        #expect(try #require(Int(measured)) < 5000)
    }

    @Test func `the whole exchange is timed`() async throws {
        var request = HTTPRequest(.get, try Servers.url("/hold"))
        request.timeouts.total = .milliseconds(300)
        let error = await expectHTTPError(.timedOut) { _ = try await session.send(request) }
        #expect(error?.isTransient == true)
    }

    @Test func `a response that stops moving is given up`() async throws {
        var request = HTTPRequest(.get, try Servers.url("/stall"))
        request.timeouts.total = .seconds(60)
        request.timeouts.stall = .seconds(1)
        let start = ContinuousClock.now
        await expectHTTPError(.timedOut) { _ = try await session.send(request) }
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    @Test(arguments: ["/big?bytes=1000001", "/endless"]) func `a longer body than allowed is refused`(
        path: String
    ) async throws {
        var request = HTTPRequest(.get, try Servers.url(path))
        request.bodyBytesMax = 1_000_000
        let error = await expectHTTPError(.tooLarge) { _ = try await session.send(request) }
        #expect(error?.isTransient == false)
        request.bodyBytesMax = 0
        await expectHTTPError(.tooLarge) { _ = try await session.send(request) }
    }

    @Test func `a body as long as allowed is taken, and HEAD has none to refuse`() async throws {
        var request = HTTPRequest(.get, try Servers.url("/big?bytes=1000000"))
        request.bodyBytesMax = 1_000_000
        #expect(try await session.send(request).body.count == 1_000_000)
        request.method = .head
        request.bodyBytesMax = 10
        #expect(try await session.send(request).headers["Content-Length"] == "1000000")
    }

    @Test func `a whole body without a bound is never asked for`() async throws {
        var request = HTTPRequest(.get, try Servers.url("/hello"))
        request.bodyBytesMax = nil
        await expectHTTPError(.invalidRequest) { _ = try await session.send(request) }
    }

    @Test func `a head longer than any should be is refused`() async throws {
        await expectHTTPError(.tooLarge) {
            _ = try await session.send(HTTPRequest(.get, Servers.url("/long-head")))
        }
    }

    @Test func `a body cut short is no response`() async throws {
        await expectHTTPError(.connectionLost) {
            _ = try await session.send(HTTPRequest(.get, Servers.url("/cut")))
        }
    }

    @Test func `what is not HTTP is called so`() async throws {
        await expectHTTPError(.protocolViolation) {
            _ = try await session.send(HTTPRequest(.get, Servers.url("/garbage")))
        }
    }

    @Test(arguments: [
        "", "hello", "/path", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "http://a b/",
        "http://127.0.0.1/\r\nX: y", "http://127.0.0.1:99999/", "javascript:alert(1)",
    ])
    func `a URL that is not absolute http is refused before anything is sent`(url: String) async throws {
        await expectHTTPError(.invalidRequest) { _ = try await session.send(HTTPRequest(.get, url)) }
    }

    @Test(arguments: [
        ("X-A", "a\r\nX-B: b"), ("X-A", "a\0"), ("X A", "a"), ("", "a"), ("X:", "a"), ("X-Ä", "a"),
        ("Content-Length", "5"), ("transfer-encoding", "chunked"), ("Connection", "close"), ("expect", "x"),
    ])
    func `a header that could smuggle something is refused`(name: String, value: String) async throws {
        await expectHTTPError(.invalidRequest) {
            let headers = HTTPHeaders([HTTPHeaderField(name: name, value: value)])
            _ = try await session.send(HTTPRequest(.get, Servers.url("/echo"), headers: headers))
        }
    }
}
