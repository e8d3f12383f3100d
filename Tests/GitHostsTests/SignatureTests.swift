import Foundation
import Model
import TestSupport
import Testing

@testable import GitHosts

@Suite struct SignatureTests {
    @Test func `the example of GitHub's documentation holds`() throws {
        let request = WebhookRequest(
            headers: [
                "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
            ],
            body: Array("Hello, World!".utf8))
        let secret = Secret(WebhookFixture.secret)
        #expect(try GitHost.github.refusal(of: request, secrets: [secret], at: Date()) == nil)
    }

    @Test func `the example of the Standard Webhooks specification holds, at its time`() throws {
        let fixture = try WebhookFixture("standard-webhooks-example")
        let request = WebhookRequest(headers: fixture.headers, body: fixture.body)
        let secrets = [Secret(WebhookFixture.standardSecret)]
        let signedAt = Date(timeIntervalSince1970: 1_614_265_330)
        for (seconds, refusal) in [(0.0, nil), (299, nil), (-299, nil), (301, .stale), (-301, .stale)]
            as [(Double, WebhookRefusal?)]
        {
            let now = signedAt + seconds
            #expect(try GitHost.generic.refusal(of: request, secrets: secrets, at: now) == refusal)
            #expect(try GitHost.generic.refusal(of: request, secrets: secrets + [Secret("former")], at: now) == refusal)
        }
    }

    @Test(arguments: ["webhook-id", "webhook-timestamp"])
    func `a standard signature covers id and time`(header: String) throws {
        let fixture = try WebhookFixture("generic-push")
        var request = WebhookRequest(headers: fixture.headers, body: fixture.body)
        request.headers[header] = (request.headers[header] ?? "") + "1"
        let secrets = [Secret(WebhookFixture.standardSecret)]
        #expect(try GitHost.generic.refusal(of: request, secrets: secrets, at: WebhookFixture.signedAt) == .wrong)
    }

    @Test(arguments: [
        "", "sha256=", "sha256=zz", "sha1=757107ea", "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17ff",
    ])
    func `a signature in another form is refused`(value: String) throws {
        let request = WebhookRequest(headers: ["x-hub-signature-256": value], body: Array("Hello, World!".utf8))
        let refusal = try GitHost.github.refusal(of: request, secrets: [Secret(WebhookFixture.secret)], at: Date())
        #expect(refusal != nil)
    }

    @Test func `GitHub's SHA-1 signature alone is refused`() throws {
        let fixture = try WebhookFixture("github-push")
        var request = WebhookRequest(headers: fixture.headers, body: fixture.body)
        request.headers["x-hub-signature-256"] = nil
        let secrets = [Secret(WebhookFixture.secret)]
        #expect(try GitHost.github.refusal(of: request, secrets: secrets, at: Date()) == .unsigned)
    }

    @Test func `a right token does not stand in for a wrong signature`() throws {
        let fixture = try WebhookFixture("gitlab-push-signed")
        var request = WebhookRequest(headers: fixture.headers, body: fixture.body)
        request.headers["x-gitlab-token"] = WebhookFixture.secret
        let secrets = [Secret(WebhookFixture.secret)]
        #expect(try GitHost.gitlab.refusal(of: request, secrets: secrets, at: WebhookFixture.signedAt) == .wrong)
        let forgejo = try WebhookFixture("forgejo-push")
        var forged = WebhookRequest(headers: forgejo.headers, body: forgejo.body)
        forged.headers["x-forgejo-signature"] = String(repeating: "0", count: 64)
        #expect(try GitHost.gitea.refusal(of: forged, secrets: secrets, at: Date()) == .wrong)
    }

    @Test(arguments: ["Bearer x", "Basic !", "Basic", "Basic b2N1cm9vdA=="])
    func `Azure's password in another form is refused`(value: String) throws {
        let request = WebhookRequest(headers: ["authorization": value], body: [])
        #expect(try GitHost.azure.refusal(of: request, secrets: [Secret("x")], at: Date()) != nil)
    }

    @Test func `a refusal prints no secret`() throws {
        let secret = try GitHost.github.makeWebhookSecret()
        #expect("\(secret)" == "***")
        #expect(secret.text.count == 43)
        #expect(try GitHost.gitlab.makeWebhookSecret().text.hasPrefix("whsec_"))
    }
}
