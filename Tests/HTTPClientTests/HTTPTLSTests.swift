import HTTPClient
import Testing

@Suite struct HTTPTLSTests {
    private func trusting() throws -> HTTPSession {
        var configuration = HTTPSession.Configuration()
        configuration.certificateAuthoritiesPath = try Servers.tls["authority"]
        return try HTTPSession(configuration)
    }

    private func url(_ port: String, host: String = "127.0.0.1", path: String = "/") throws -> String {
        "https://\(host):\(try Servers.tls[port])\(path)"
    }

    @Test func `a certificate of a trusted authority is accepted`() async throws {
        #expect(try await trusting().send(HTTPRequest(.get, url("port"))).text == "secret hello")
    }

    @Test func `an authority that nobody named is not trusted`() async throws {
        let error = await expectHTTPError(.tls) {
            _ = try await HTTPSession().send(HTTPRequest(.get, url("port")))
        }
        #expect(error?.isTransient == false)
        #expect(error?.hint.contains("certificate") == true)
    }

    @Test func `a certificate for another host is refused`() async throws {
        await expectHTTPError(.tls) {
            _ = try await trusting().send(HTTPRequest(.get, url("port", host: "localhost")))
        }
    }

    @Test func `an expired certificate is refused`() async throws {
        await expectHTTPError(.tls) { _ = try await trusting().send(HTTPRequest(.get, url("expiredPort"))) }
    }

    @Test func `a protocol older than TLS 1.2 is refused`() async throws {
        await expectHTTPError(.tls) { _ = try await trusting().send(HTTPRequest(.get, url("oldPort"))) }
    }

    @Test func `https against a plain port fails as TLS`() async throws {
        await expectHTTPError(.tls) { _ = try await trusting().send(HTTPRequest(.get, url("plainPort"))) }
    }

    @Test func `a redirect never leads from https to http, and may lead the other way on one host`() async throws {
        let session = try trusting()
        await expectHTTPError(.redirectRefused) {
            var request = try HTTPRequest(.get, url("port", path: "/to-plain"))
            request.redirects = .anyHost()
            _ = try await session.send(request)
        }
        let plain = "http://127.0.0.1:\(try Servers.tls["plainPort"])/to-tls"
        #expect(try await session.send(HTTPRequest(.get, plain)).text == "secret hello")
    }

    @Test func `a file of authorities that cannot be read fails as TLS`() async throws {
        var configuration = HTTPSession.Configuration()
        configuration.certificateAuthoritiesPath = "/does/not/exist"
        let session = try HTTPSession(configuration)
        await expectHTTPError(.tls) { _ = try await session.send(HTTPRequest(.get, url("port"))) }
    }
}
