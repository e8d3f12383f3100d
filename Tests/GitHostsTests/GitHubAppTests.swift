import Cryptography
import Foundation
import Model
import Testing

@testable import GitHosts

@Suite struct GitHubAppTests {
    @Test func `a token that could not be sent is none`() throws {
        func token(_ token: String, _ end: String = "2026-07-11T22:14:10Z") -> GitHubAppCall.Token? {
            GitHubAppCall.token(in: Array(#"{"token": "\#(token)", "expires_at": "\#(end)"}"#.utf8))
        }
        let good = try #require(token("ghs_16C7e42F292c6912E7710c838347Ae178B4a"))
        #expect(JSONText.time(good.expiresAt) == "2026-07-11T22:14:10.000Z")
        #expect(token("") == nil && token("a b") == nil && token(#"a\r\nX: y"#) == nil && token("x", "soon") == nil)
        #expect(token(String(repeating: "a", count: 5000)) == nil)
        #expect(GitHubAppCall.token(in: Array("{}".utf8)) == nil && GitHubAppCall.token(in: []) == nil)
        #expect(GitHubAppCall.installation(in: Array(#"{"id": 7}"#.utf8)) == "7")
        #expect(GitHubAppCall.installation(in: Array(#"{"id": "7"}"#.utf8)) == nil)
    }

    @Test func `a key that is none is an error without it`() {
        let app = GitHubApp(id: "1", privateKey: Secret("hunter2"), installation: nil, api: "https://h")
        #expect(throws: CryptographyError.self) { try app.proof(at: Date()) }
        #expect(!"\(app)".contains("hunter2"))
    }

    @Test func `its API is that of the URL that it is kept for, or its own`() {
        let form = CredentialForm(.gitHubApp, privateKey: "x", app: "1")
        var own = form
        own.api = "https://git.acme.com/api/v3/"
        #expect(GitHubApp(form, prefix: "https://github.com/acme")?.api == "https://api.github.com")
        #expect(GitHubApp(form, prefix: "https://git.acme.com/")?.api == "https://git.acme.com/api/v3")
        #expect(GitHubApp(own, prefix: "https://git.acme.com/")?.api == "https://git.acme.com/api/v3")
        #expect(GitHubApp(CredentialForm(.password, user: "a", secret: "b"), prefix: "https://github.com/") == nil)
    }

    @Test func `a token for reading one repository asks for no more`() throws {
        let app = GitHubApp(id: "1", privateKey: Secret(""), installation: nil, api: "https://api.github.com")
        let call = GitHubAppCall.token(of: "7", reading: "shop", app, proof: Secret("jwt"))
        #expect(call.url == "https://api.github.com/app/installations/7/access_tokens" && call.method == "POST")
        #expect(call.headers["Authorization"] == "Bearer jwt")
        let body = try JSONText.decode(JSONValue.self, from: try #require(call.body))
        #expect(
            body
                == .object([
                    "repositories": .array([.string("shop")]), "permissions": .object(["contents": .string("read")]),
                ]))
    }
}
