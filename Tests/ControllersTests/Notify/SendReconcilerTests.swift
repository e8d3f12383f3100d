import ControllerRuntime
import Foundation
import GitHosts
import Model
import Store
import TestSupport
import Testing

@testable import NotifyController

@Suite struct SendReconcilerTests {
    @Test func `a program gets the event as signed JSON, and nothing twice`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target()
            try await fixture.happen("shop")
            try await fixture.read()
            try await fixture.send(target)
            try await fixture.send(target)
            let requests = try await fixture.receiver.requests("/hook")
            #expect(requests.count == 1)
            let request = try #require(requests.first)
            #expect(request.text("type") == "repo.added")
            let notice = try #require(try await fixture.notices(target).first)
            #expect(notice.state == .sent && request.headers["webhook-id"] == "\(notice.id)")
            let time = try #require(request.headers["webhook-timestamp"].flatMap(Double.init))
            let expected = try StandardSignature.headers(
                id: "\(notice.id)", body: Array(request.body.utf8), secret: Secret("whsec_c2VjcmV0"),
                at: Date(timeIntervalSince1970: time))
            #expect(request.headers["webhook-signature"] == expected["webhook-signature"])
        }
    }

    @Test func `a server that dies between a send and its record sends again under the same id`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target()
            try await fixture.happen()
            try await fixture.read()
            let lease = try await fixture.lease(.send, target.description)
            let taken = try await fixture.store.transaction(under: lease, as: "send") { tx throws(StoreError) in
                try await tx.takeNotices(of: target, limit: 1)
            }
            let (addressee, credentials) = (
                try #require(try await fixture.store.noticeTarget(target)),
                try #require(try await fixture.store.noticeCredentials(target))
            )
            _ = try await fixture.sender.send(try #require(taken.first), to: addressee, credentials) { _ in }
            try await fixture.store.releaseWork()
            try await fixture.send(target)
            let ids = try await fixture.receiver.requests("/hook").compactMap { $0.headers["webhook-id"] }
            #expect(ids.count == 2 && Set(ids).count == 1)
            // Whoever comes back late may not write any more.
            let late = await #expect(throws: StoreError.self) {
                try await fixture.store.transaction(under: lease, as: "send") { tx throws(StoreError) in
                    try await tx.concludeNotice(taken[0], .refused("late"), lifetime: .seconds(60))
                }
            }
            #expect(late?.code == .leaseLost)
            #expect(try await fixture.notices(target).map(\.state) == [.sent])
        }
    }

    @Test func `failures that pass are tried again after a pause, in which nothing else is sent`() async throws {
        let policy = SendPolicy(backoff: Backoff(first: .seconds(100), longest: .seconds(3600)))
        try await NotifyFixture.with(policy: policy) { fixture in
            let target = try await fixture.target()
            try await fixture.receiver.plan("/hook", [["status": .int(500)], ["status": .int(503)]])
            try await fixture.happen()
            try await fixture.happen()
            try await fixture.read()
            for attempt in 1...2 {
                let outcome = try await fixture.send(target)
                guard case .wait(let until) = outcome else { throw Unexpected(outcome: "\(outcome)") }
                let pause = until.timeIntervalSinceNow
                #expect(pause > 70 * Double(attempt) && pause < 130 * Double(attempt))
                #expect(try await fixture.receiver.requests("/hook").count == attempt)
                try await fixture.wake(target)
            }
            #expect(try await fixture.store.noticeTarget(target)?.error?.isEmpty == false)
            try await fixture.send(target)
            #expect(try await fixture.notices(target).map(\.state) == [.sent, .sent])
            #expect(try await fixture.store.noticeTarget(target)?.error == nil)
        }
    }

    @Test func `a receiver that asks for a pause gets it`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target(.slack)
            try await fixture.receiver.plan(
                "/hook", [["status": .int(429), "headers": .object(["Retry-After": .string("600")])]])
            try await fixture.happen()
            try await fixture.read()
            let outcome = try await fixture.send(target)
            guard case .wait(let until) = outcome else { throw Unexpected(outcome: "\(outcome)") }
            #expect(until.timeIntervalSinceNow > 590 && until.timeIntervalSinceNow < 610)
        }
    }

    @Test func `a receiver that hangs holds one request and rests, and nobody waits for it`() async throws {
        let policy = SendPolicy(backoff: Backoff(first: .seconds(60)), timeout: .milliseconds(300))
        try await NotifyFixture.with(policy: policy) { fixture in
            let (hanging, well) = (
                try await fixture.target(path: "/hanging"), try await fixture.target(path: "/well")
            )
            try await fixture.receiver.plan("/hanging", [["hang": .bool(true)]])
            for _ in 0..<5 { try await fixture.happen() }
            try await fixture.read()
            try await fixture.send(hanging)
            try await fixture.send(hanging)
            try await fixture.send(well)
            #expect(try await fixture.receiver.requests("/hanging").count == 1)
            #expect(try await fixture.receiver.requests("/well").count == 5)
            let first = try #require(try await fixture.notices(hanging).first)
            #expect(first.state == .pending && first.error?.contains("http://127.0.0.1/***") == true)
        }
    }

    @Test func `a redirect is not followed, so the token goes nowhere else`() async throws {
        try await NotifyFixture.with { fixture in
            let other = try Receiver()
            let target = try await fixture.target(.githubStatus, repo: try await fixture.happen())
            try await fixture.receiver.plan(
                "/repos", [["status": .int(307), "headers": .object(["Location": .string(other.url + "/steal")])]])
            try await fixture.say(.success, to: target)
            try await fixture.send(target)
            #expect(try await other.requests().isEmpty)
            let notice = try #require(try await fixture.notices(target).first)
            #expect(notice.state == .dead && notice.error?.contains("redirects") == true)
        }
    }

    @Test func `what is refused is dead at once, visibly, and can be sent again`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target(.githubStatus, repo: try await fixture.happen())
            try await fixture.receiver.plan(
                "/repos", [["status": .int(401), "body": .string("Bad credentials: t0ken is unknown\u{1B}[2J")]])
            try await fixture.say(.success, to: target)
            try await fixture.send(target)
            let notice = try #require(try await fixture.notices(target).first)
            #expect(notice.state == .dead && notice.error == "HTTP 401: Bad credentials: *** is unknown [2J")
            let events = try await fixture.store.events(after: nil, limit: 100)
            let dead = try #require(events.first { $0.kind == "notification.dead" })
            #expect(dead.message.contains("status/a/ocuroot/api") && dead.message.contains("Bad credentials"))
            #expect(!events.contains { "\($0)".contains("t0ken") })
            let sentences = try await fixture.store.deadNotices()
            #expect(sentences.count == 1 && sentences[0].contains("ocuroot notify list --dead"))
            let count = try await fixture.store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.retryNotices(notice.id)
            }
            #expect(count == 1)
            try await fixture.send(target)
            #expect(try await fixture.notices(target).map(\.state) == [.sent])
            #expect(try await fixture.store.deadNotices().isEmpty)
        }
    }

    @Test func `what fails for a day is given up, with what waited behind it as long`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target()
            try await fixture.receiver.plan("/hook", [["status": .int(503)]])
            for _ in 0..<3 { try await fixture.happen() }
            try await fixture.read()
            try await fixture.pool.execute("UPDATE notice SET since = now() - interval '25 hours' WHERE id <= 2")
            try await fixture.send(target)
            let states = try await fixture.notices(target).map(\.state)
            #expect(states.prefix(2) == [.dead, .dead] && states.last != .dead)
        }
    }

    private struct Unexpected: Error {
        let outcome: String
    }

    @Test(arguments: [
        #"{"error":"no route services\/T0\/B0\/s3cretXYZ"}"#, "no /services/T0/B0/s3cretXYZ here",
        "no file s3cr%65tXYZ",
        "unknown key K3YK3YK3Y", "no such user: ada:p@ssw0rd", "401 for Basic YWRhOnBAc3N3MHJk",
    ])
    func `no part of an address that is a secret is repeated, however a receiver writes it`(words: String) {
        let url = "http://ada:p%40ssw0rd@chat.example.com/services/T0/B0/s3cr%65tXYZ?key=K3YK3YK3Y"
        let masked = SecretMask.masked(words, hiding: Secret(url).echoes)
        for part in ["tXYZ", "K3Y", "ssw0rd", "YWRh"] { #expect(!masked.contains(part), "\(masked)") }
    }
}
