import Cryptography
import HTTPTypes
import Hummingbird
import Store

extension Endpoints {
    var pageRoutes: [Route] {
        [
            Route(.get, "/", .reader, bodyBytesMax: 0, statusPage),
            Route(.get, "/tables", .reader, bodyBytesMax: 0, statusTables),
        ]
    }

    /// The page, with a policy that lets only its own style and script run, and only talk to this server.
    private func statusPage(_ call: Call) async throws -> Response {
        let nonce = try SecureRandom.token(byteCount: 18)
        let html = page.render(main: try await tables.html(), nonce: nonce)
        let policy = """
            default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; connect-src 'self'; \
            img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
            """
        return answer(html, policy: policy)
    }

    /// What the page's script puts in place of the tables.
    private func statusTables(_ call: Call) async throws -> Response {
        answer(try await tables.html(), policy: "default-src 'none'; frame-ancestors 'none'")
    }

    private func answer(_ html: String, policy: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8", .contentSecurityPolicy: policy,
                .referrerPolicy: "no-referrer",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }
}

extension HTTPField.Name {
    /// `Referrer-Policy`.
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .cacheControl
}
