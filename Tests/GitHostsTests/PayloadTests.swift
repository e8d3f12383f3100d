import Foundation
import Model
import Testing

@testable import GitHosts

@Suite struct PayloadTests {
    private static let id = String(repeating: "a", count: 40)

    private func hint(_ body: String, _ host: GitHost = .generic) -> WebhookHint {
        let headers = ["x-github-event": "push", "x-gitea-event": "push", "x-event-key": "repo:push"]
        return host.hint(in: WebhookRequest(headers: headers, body: Array(body.utf8)))
    }

    @Test(arguments: ["[", #"{"a":"#])
    func `nesting is bounded, and passed over below the bound`(opening: String) {
        let closing = opening == "[" ? "]" : "}"
        func nested(_ depth: Int) -> String {
            let inner = String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
            return #"{"refs": [{"ref": "refs/heads/main", "new": "\#(Self.id)"}], "x": \#(inner)}"#
        }
        #expect(hint(nested(JSONWalk.depthMax - 1)).kind == .push)
        let deep = hint(nested(JSONWalk.depthMax))
        #expect(deep.kind == .unreadable)
        #expect(deep.problem?.contains("nested more than 64 deep") == true)
        #expect(hint(String(repeating: opening, count: 1_000_000)).kind == .unreadable)
    }

    @Test(arguments: [
        "", " ", "null", "[]", "7", "\"push\"", "{}", #"{"refs": 1}"#, #"{"refs": [1, "x", null, {}]}"#,
        #"{"refs": [{"ref": 7}]}"#, "{} {}", "{,}", "{\"a\" 1}", "{\"a\":}", "{\"a\":1,}", "nul", "\u{FEFF}{}",
        #"{"refs": [{"ref": "refs/heads/\u12"}]}"#, #"{"refs": [{"ref": "refs/heads/\q"}]}"#, #"{"a": "\"#,
    ])
    func `what is no push is unreadable, and nothing is taken from it`(body: String) {
        for host in GitHost.allCases where host != .azure && host != .gitlab {
            let hint = hint(body, host)
            #expect(hint.kind == .unreadable || hint.kind == .other, "\(host)")
            #expect(hint.refs.isEmpty)
        }
    }

    @Test func `refs beyond a bound, and names that git refuses, are counted only`() {
        let refs = (0..<1_000).map { #"{"ref": "refs/heads/b\#($0)", "new": "\#(Self.id)"}"# }
        let odd = ["-x", "refs/heads/a..b", "refs/heads/a\\u0000b", "refs/heads/\\u001b[2J", ""].map {
            #"{"ref": "\#($0)"}"#
        }
        let hint = hint(#"{"refs": [\#((odd + refs).joined(separator: ","))]}"#)
        #expect(hint.refs.count == WebhookHint.refsMax)
        #expect(hint.refsLeftOut == 1_005 - WebhookHint.refsMax)
    }

    @Test func `escapes of names are resolved, and a lone surrogate is replaced`() {
        let body = #"{"refs": [{"ref": "refs\/heads\/\u00fcber-\ud83d\ude80"}, {"ref": "refs/heads/\ud83d"}]}"#
        #expect(hint(body).refs.map(\.ref) == ["refs/heads/über-🚀", "refs/heads/\u{FFFD}"])
    }

    @Test(.timeLimit(.minutes(1)), arguments: [#"\a"#, #"\""#, #"\\"#])
    func `a string of millions of escapes is passed over in one go`(escape: String) {
        let text = String(repeating: escape, count: 4 << 20)
        let push = #"{"x": "\#(text)", "refs": [{"ref": "refs/heads/main", "new": "\#(Self.id)"}]}"#
        #expect(hint(push).kind == .push)
    }

    @Test func `ids are of 40 or 64 digits, and zeros are none`() {
        let long = String(repeating: "b", count: 64)
        let body = """
            {"refs": [
                {"ref": "refs/heads/a", "old": "\(Self.id)", "new": "\(long)"},
                {"ref": "refs/heads/b", "old": "\(String(repeating: "0", count: 64))", "new": "abc"},
                {"ref": "refs/heads/c", "old": null, "new": "\(String(repeating: "0", count: 40))"}
            ]}
            """
        let refs = hint(body).refs
        #expect(refs.map(\.old?.hex) == [Self.id, nil, nil])
        #expect(refs.map(\.new?.hex) == [long, nil, nil])
        #expect(refs.map(\.isDeleted) == [false, false, true])
    }

    @Test func `a name of a delivery that cannot be kept is none`() {
        for name in [String(repeating: "x", count: 201), "a\u{1}b", "ä", ""] {
            let request = WebhookRequest(
                headers: ["x-github-event": "ping", "x-github-delivery": name], body: Array("{}".utf8))
            #expect(GitHost.github.hint(in: request).deliveryID == nil)
        }
    }

    @Test(arguments: ["payload=%7B%7D", "a=b&payload=%7B%7D&c", "payload=%7b+%7d"])
    func `a form's payload is read`(body: String) {
        let headers = ["content-type": "application/x-www-form-urlencoded", "x-github-event": "ping"]
        #expect(GitHost.github.hint(in: WebhookRequest(headers: headers, body: Array(body.utf8))).kind == .ping)
    }

    @Test(arguments: ["", "payload", "payload=%7", "payload=%zz", "playload=%7B%7D", "payload=%7B"])
    func `a form without a payload is unreadable`(body: String) {
        let headers = ["content-type": "application/x-www-form-urlencoded; charset=utf-8", "x-github-event": "ping"]
        #expect(
            GitHost.github.hint(in: WebhookRequest(headers: headers, body: Array(body.utf8))).kind == .unreadable)
    }
}
