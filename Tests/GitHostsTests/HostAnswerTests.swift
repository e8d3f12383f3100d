import Foundation
import Model
import Testing

@testable import GitHosts

@Suite struct HostAnswerTests {
    private let now = Date(timeIntervalSince1970: 1_000_000)

    private func verdict(_ status: Int, _ headers: [String: String] = [:], _ body: String = "") -> HostAnswer.Verdict {
        HostAnswer(status: status, headers: headers, body: Array(body.utf8)).verdict(at: now)
    }

    @Test func `what passes by itself is tried again, what does not is not`() {
        #expect(verdict(201) == .accepted)
        for status in [408, 425, 429, 500, 502, 503, 504] {
            #expect(verdict(status) == .failed("HTTP \(status)", pause: nil))
        }
        for status in [400, 401, 403, 404, 409, 410, 422] { #expect(verdict(status) == .refused("HTTP \(status)")) }
        if case .refused = verdict(307) {} else { Issue.record("a redirect is followed") }
    }

    @Test func `a receiver may ask for a pause, in seconds or until a date, but not for ever`() {
        #expect(verdict(429, ["retry-after": "120"]) == .failed("HTTP 429", pause: .seconds(120)))
        #expect(
            verdict(503, ["retry-after": "Mon, 12 Jan 1970 13:48:20 GMT"]) == .failed("HTTP 503", pause: .seconds(100)))
        #expect(verdict(503, ["retry-after": "99999999999"]) == .failed("HTTP 503", pause: .seconds(6 * 3600)))
        #expect(verdict(503, ["retry-after": "-5"]) == .failed("HTTP 503", pause: .zero))
        #expect(verdict(503, ["retry-after": "nan"]) == .failed("HTTP 503", pause: .zero))
        for text in [
            "Wed, \u{596}\u{FFFD}K:00 GMT", "Wed, \u{596} \u{FFFD} K:00 7 GMT", "Mon, 99 Dec 1970 13:48:20 GMT", "",
        ] {
            #expect(verdict(503, ["retry-after": text]) == .failed("HTTP 503", pause: nil))
        }
    }

    @Test func `GitHub's 403 for too many requests is no refusal`() {
        let limited = ["x-ratelimit-remaining": "0", "x-ratelimit-reset": "1000060"]
        #expect(verdict(403, limited) == .failed("HTTP 403", pause: .seconds(60)))
        #expect(verdict(403, ["x-ratelimit-remaining": "17"]) == .refused("HTTP 403"))
        for words in ["You have exceeded a secondary rate limit.", "You have triggered an abuse detection mechanism."] {
            let found = verdict(403, ["x-ratelimit-remaining": "17"], words)
            #expect(found == .failed("HTTP 403: \(words)", pause: .seconds(60)))
        }
    }

    @Test func `GitLab's refusal of a state that is set already is none`() {
        #expect(verdict(400, [:], #"{"message":"Cannot transition status via :enqueue from :pending"}"#) == .accepted)
    }

    @Test func `the receiver's words are one bounded line without control characters`() {
        let words = HostAnswer(status: 422, body: Array(("a\u{1B}[31m\nb" + String(repeating: "x", count: 900)).utf8))
            .words
        #expect(words.hasPrefix("HTTP 422: a [31m bx") && words.count <= 310)
    }

    @Test func `what was sent is not repeated, wherever the words are cut`() {
        for count in stride(from: 0, to: 400, by: 7) + [4090] {
            let filler = String(repeating: count > 400 ? " " : "x", count: count)
            let answer = HostAnswer(
                status: 401, body: Array("\(filler)pl4nted-t0ken is unknown".utf8), hidden: ["pl4nted-t0ken", ""])
            #expect(!answer.words.contains("pl4"), "\(count)")
        }
    }

    @Test(arguments: [
        "pl4nted/t0ken is unknown", #"{"path": "pl4nted\/t0ken"}"#, "pl4nted/t0ken\u{301}", "pl4nted/t0ken",
    ])
    func `what was sent is not repeated, however it is written`(body: String) {
        let words = HostAnswer(status: 401, body: Array(body.utf8), hidden: ["pl4nted/t0ken"]).words
        #expect(!words.contains("t0ken") && words.utf8.split(separator: 0x2A).count <= 2, "\(words)")
        #expect(SecretMask.masked("a p\"q b p\\\"q", hiding: ["p\"q"]) == "a *** b ***")
    }

    @Test func `a signature is what the test vector of Standard Webhooks says`() throws {
        let headers = try StandardSignature.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: Array(#"{"test": 2432232314}"#.utf8),
            secret: Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), at: Date(timeIntervalSince1970: 1_614_265_330))
        #expect(headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(headers["webhook-timestamp"] == "1614265330")
    }

    @Test func `a deployment is made of the commit as it is, and known again by its key`() throws {
        let place = HostPlace(api: "https://api.github.com", project: "octocat/example", token: Secret("t"))
        let deployment = HostDeployment(
            commit: try #require(CommitID(hex: "a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d")),
            environment: "api@production", state: .inProgress, description: "on its way", anchor: ""
        )
        let create = GitHubDeploymentCall.create(deployment, key: "k", at: place)
        #expect(create.url == "https://api.github.com/repos/octocat/example/deployments")
        let body = String(decoding: try #require(create.body), as: UTF8.self)
        for part in [
            #""ref":"a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d""#, #""auto_merge":false"#, #""required_contexts":[]"#,
            #""environment":"api@production""#, #""transient_environment":false"#, #""payload":{"ocuroot":"k"}"#,
        ] {
            #expect(body.contains(part))
        }
        let listed = #"[{"id":1,"payload":"x"},{"id":2,"payload":{"ocuroot":"j"}},{"id":3,"payload":{"ocuroot":"k"}}]"#
        #expect(GitHubDeploymentCall.found(in: Array(listed.utf8), key: "k") == "3")
        #expect(GitHubDeploymentCall.found(in: Array("{}".utf8), key: "k") == nil)
        #expect(GitHubDeploymentCall.created(in: Array(#"{"id":42}"#.utf8)) == "42")
        let state = GitHubDeploymentCall.setState(deployment, id: "42", at: place, link: nil)
        #expect(state.url == "https://api.github.com/repos/octocat/example/deployments/42/statuses")
        #expect(String(decoding: try #require(state.body), as: UTF8.self).contains(#""state":"in_progress""#))
    }
}
