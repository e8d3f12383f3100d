import Cryptography
import Foundation
import Model
import TestSupport
import Testing

@testable import GitHosts

/// The hosts' published examples, as they are sent.
@Suite struct ReplayTests {
    @Test func `every fixture is replayed`() throws {
        let known = Replay.all.map(\.fixture) + ["standard-webhooks-example"]
        #expect(try WebhookFixture.names() == known.sorted())
    }

    @Test(arguments: Replay.all) func `a published example is believed, and says what it says`(replay: Replay) throws {
        let request = try replay.request()
        #expect(try replay.refusal(of: request) == nil)
        let hint = replay.host.hint(in: request)
        #expect(hint.problem == nil)
        #expect(hint.kind == replay.kind)
        #expect(hint.deliveryID == replay.deliveryID)
        #expect(hint.refs.map(Replay.text) == replay.refs)
        #expect(hint.refsLeftOut == 0)
        if let pusher = replay.pusher { #expect(hint.pusher == pusher) }
        if let repository = replay.repository { #expect(hint.repositories.contains(repository)) }
    }

    @Test(arguments: Replay.all) func `another secret's signature is refused`(replay: Replay) throws {
        let request = try replay.request()
        #expect(try replay.refusal(of: request, secret: try replay.host.makeWebhookSecret()) == .wrong)
        #expect(try replay.refusal(of: request, secret: Secret("")) == .wrong)
    }

    @Test(arguments: Replay.all) func `a delivery without its proof is refused`(replay: Replay) throws {
        var request = try replay.request()
        let proofs = [
            "x-hub-signature-256", "x-hub-signature", "x-gitlab-token", "webhook-signature", "x-gitea-signature",
            "x-forgejo-signature", "authorization",
        ]
        for proof in proofs { request.headers[proof] = nil }
        #expect(try replay.refusal(of: request) == .unsigned)
        for proof in proofs { request.headers[proof] = "" }
        #expect(try replay.refusal(of: request) == .unsigned)
    }

    /// A token or a password says nothing of the body: those hosts have no more.
    @Test(arguments: Replay.all.filter { $0.host != .azure && !($0.host == .gitlab && $0.secret.text.hasPrefix("It")) })
    func `a body that was changed, cut short or made longer is refused`(replay: Replay) throws {
        let request = try replay.request()
        for index in stride(from: 0, to: request.body.count, by: max(1, request.body.count / 50)) {
            var forged = request
            forged.body[index] ^= 1
            #expect(try replay.refusal(of: forged) == .wrong, "byte \(index)")
            forged.body = Array(request.body.prefix(index))
            #expect(try replay.refusal(of: forged) == .wrong, "\(index) bytes")
        }
        var longer = request
        longer.body.append(0x20)
        #expect(try replay.refusal(of: longer) == .wrong)
    }

    @Test(arguments: Replay.all) func `a delivery that is cut short is unreadable, wherever it is cut`(
        replay: Replay
    ) throws {
        let request = try replay.request()
        guard request.headers["content-type"] == "application/json" else { return }
        let end = try #require(request.body.lastIndex(of: UInt8(ascii: "}")))
        for count in stride(from: 0, through: end, by: 7) {
            var cut = request
            cut.body = Array(request.body.prefix(count))
            let hint = replay.host.hint(in: cut)
            #expect(hint.kind == .unreadable, "\(count) bytes")
            #expect(hint.problem != nil)
            #expect(hint.refs.isEmpty, "nothing is taken from half a body")
        }
    }

    @Test(arguments: Replay.all) func `a host's own signature is made as it is checked`(replay: Replay) throws {
        let secret = try replay.host.makeWebhookSecret()
        let signed = try replay.host.signed(
            try replay.request().body, event: "push", deliveryID: "d-1", secret: secret, at: WebhookFixture.signedAt)
        #expect(try replay.refusal(of: signed, secret: secret) == nil)
        let former = try replay.host.makeWebhookSecret()
        let both = try replay.host.refusal(of: signed, secrets: [former, secret], at: WebhookFixture.signedAt)
        #expect(both == nil)
    }

    @Test(arguments: GitHost.allCases) func `a server's own ping is believed, and is a ping`(host: GitHost) throws {
        let secret = try host.makeWebhookSecret()
        let ping = try host.ping(deliveryID: "ping-7", secret: secret, at: WebhookFixture.signedAt)
        #expect(try host.refusal(of: ping, secrets: [secret], at: WebhookFixture.signedAt) == nil)
        let hint = host.hint(in: ping)
        #expect(hint.kind == .ping)
        #expect(hint.deliveryID == "ping-7")
    }
}
