import ControllerRuntime
import Foundation
import HostAPI
import Model
import Store
import Synchronization
import TestSupport
import Testing

@testable import NotifyController

@Suite struct StatusSendTests {
    @Test func `of several states the newest is sent, and one that is back where it was is not`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target(.giteaStatus, repo: try await fixture.happen())
            for state in [.pending, .running, .success] as [CommitStatus.State] {
                try await fixture.say(state, to: target)
            }
            try await fixture.send(target)
            try await fixture.say(.success, to: target)
            try await fixture.say(.pending, to: target)
            try await fixture.say(.success, to: target)
            try await fixture.send(target)
            let requests = try await fixture.receiver.requests()
            #expect(requests.map { $0.text("state") } == ["success"])
            #expect(requests.first?.headers["authorization"] == "token t0ken")
            #expect(requests.first?.text("target_url") == "https://ci.example.com/#shop//api")
            try await fixture.say(.failure, to: target)
            try await fixture.send(target)
            #expect(try await fixture.receiver.requests().map { $0.text("state") } == ["success", "failure"])
        }
    }

    @Test func `what became newer while a send was under way is sent after it, and never the older again`()
        async throws
    {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target(.githubStatus, repo: try await fixture.happen())
            try await fixture.say(.pending, to: target)
            let lease = try await fixture.lease(.send, target.description)
            let taken = try await fixture.store.transaction(under: lease, as: "send") { tx throws(StoreError) in
                try await tx.takeNotices(of: target, limit: 1)
            }
            try await fixture.say(.success, to: target)
            // The older attempt ends badly, then well, then is given up: none of it touches what is newer.
            for end in [.failed("HTTP 500", after: .zero), .delivered, .refused("HTTP 404")] as [NoticeEnd] {
                try await fixture.store.transaction(under: lease, as: "send") { tx throws(StoreError) in
                    try await tx.concludeNotice(taken[0], end, lifetime: .seconds(60))
                }
                #expect(try await fixture.notices(target).map(\.state) == [.pending])
            }
            try await fixture.store.finish(lease, .done)
            try await fixture.wake(target)
            try await fixture.send(target)
            #expect(try await fixture.receiver.requests().map { $0.text("state") } == ["success"])
        }
    }

    @Test func `a state whose send may or may not have arrived is sent again`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target(.githubStatus, repo: try await fixture.happen())
            try await fixture.say(.success, to: target)
            try await fixture.send(target)
            try await fixture.receiver.plan("/repos", [["close": .bool(true)]])
            try await fixture.say(.failure, to: target)
            try await fixture.send(target)
            try await fixture.say(.success, to: target)
            try await fixture.wake(target)
            try await fixture.send(target)
            let states = try await fixture.receiver.requests().map { $0.text("state") }
            #expect(states.first == "success" && states.last == "success" && states.contains("failure"))
            #expect(try await fixture.notices(target).map(\.state) == [.sent])
        }
    }

    @Test func `news brings back what was given up`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target(.githubStatus, repo: try await fixture.happen())
            try await fixture.receiver.plan("/repos", [["status": .int(422)]])
            try await fixture.say(.pending, to: target)
            try await fixture.send(target)
            #expect(try await fixture.notices(target).map(\.state) == [.dead])
            try await fixture.say(.success, to: target)
            try await fixture.send(target)
            #expect(try await fixture.notices(target).map(\.state) == [.sent])
        }
    }

    @Test func `a deployment is made once at GitHub, also when the answer to its making was lost`() async throws {
        try await NotifyFixture.with { fixture in
            let target = try await fixture.target(.githubDeployment, repo: try await fixture.happen())
            try await fixture.receiver.plan(
                "/repos/acme/shop/deployments", [["close": .bool(true), "done": .bool(true)]])
            func tell(_ state: HostDeployment.State) async throws {
                let commit = try #require(CommitID(hex: String(repeating: "a", count: 40)))
                try await fixture.record(
                    .deployment(
                        HostDeployment(
                            commit: commit, environment: "api@prod", state: state,
                            description: "on its way", anchor: "shop//api@prod")),
                    key: "deployment/api@prod/g1", to: target)
                try await fixture.send(target)
                try await fixture.wake(target)
                try await fixture.send(target)
            }
            try await tell(.inProgress)
            try await tell(.success)
            let requests = try await fixture.receiver.requests()
            let made = requests.filter { $0.method == "POST" && $0.path == "/repos/acme/shop/deployments" }
            #expect(made.count == 1)
            let said = requests.filter { $0.path == "/repos/acme/shop/deployments/1000/statuses" }
            #expect(said.map { $0.text("state") } == ["in_progress", "success"])
            #expect(said.first?.text("log_url") == "https://ci.example.com/#shop//api@prod")
        }
    }

    @Test func `without a token one is got, again when it is not there yet, and another when it is not taken`()
        async throws
    {
        let tokens = Mutex(["first", "second"])
        let hasFailed = Atomic(false)
        let policy = SendPolicy(backoff: Backoff(first: .seconds(60), longest: .seconds(60)))
        try await NotifyFixture.with(policy: policy) { _, stored throws(HostAPIError) in
            guard hasFailed.exchange(true, ordering: .relaxed) else {
                throw HostAPIError(.refused, operation: "get a token", subject: "an App", cause: "it is suspended")
            }
            #expect(stored == nil)
            return HostPass(Secret(tokens.withLock { $0[0] })) { tokens.withLock { _ = $0.removeFirst() } }
        } _: { fixture in
            let target = try await fixture.target(.githubStatus, repo: try await fixture.happen(), hasToken: false)
            try await fixture.say(.success, to: target)
            try await fixture.send(target)
            let waiting = try await fixture.notices(target)
            #expect(waiting.map(\.state) == [.pending] && waiting[0].error?.contains("suspended") == true)
            try await fixture.receiver.plan("/repos", [["status": .int(401)]])
            for _ in 0..<2 {
                try await fixture.wake(target)
                try await fixture.send(target)
            }
            let sent = try await fixture.receiver.requests().map { $0.headers["authorization"] }
            #expect(sent == ["Bearer first", "Bearer second"])
            #expect(try await fixture.notices(target).map(\.state) == [.sent])
        }
    }

    @Test func `a test says what the receiver answered, and records nothing`() async throws {
        try await NotifyFixture.with { fixture in
            let repo = try await fixture.happen()
            let id = try await fixture.target(.githubStatus, repo: repo)
            let target = try #require(try await fixture.store.noticeTarget(id))
            let credentials = try #require(try await fixture.store.noticeCredentials(id))
            let none = try await fixture.sender.test(target, credentials, commit: nil)
            #expect(!none.isDelivered && none.words.contains("delivered yet"))
            let commit = try #require(CommitID(hex: String(repeating: "c", count: 40)))
            let taken = try await fixture.sender.test(target, credentials, commit: commit)
            #expect(taken.isDelivered && taken.words == "HTTP 201: {}")
            try await fixture.receiver.plan("/repos", [["status": .int(404), "body": .string("Not Found")]])
            let refused = try await fixture.sender.test(target, credentials, commit: commit)
            #expect(!refused.isDelivered && refused.words == "HTTP 404: Not Found")
            #expect(
                try await fixture.receiver.requests().map { $0.text("context") } == ["ocuroot/test", "ocuroot/test"])
            #expect(try await fixture.notices(id).isEmpty)
        }
    }
}
