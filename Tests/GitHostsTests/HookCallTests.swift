import Foundation
import Model
import Testing

@testable import GitHosts

/// What each host's documentation shows of its API for webhooks.
@Suite struct HookCallTests {
    private let hook = HookSettings(url: "https://ci.example.com/webhooks/x/o1", secret: Secret("whsec_x"))

    private func place(_ api: String, _ project: String = "octocat/Hello-World") -> HostPlace {
        HostPlace(api: api, project: project, token: Secret("t0ken"))
    }

    private func body(_ call: HostCall) throws -> JSONObject {
        guard case .object(let body) = try JSONText.decode(JSONValue.self, from: try #require(call.body)) else {
            throw GitHostError(.malformed, subject: "a call", cause: "its body is no object")
        }
        return body
    }

    @Test func `GitHub is asked as its documentation says`() throws {
        let place = place("https://api.github.com")
        let call = try #require(HookCall.create(hook, at: place, of: .github))
        #expect(call.method == "POST" && call.url == "https://api.github.com/repos/octocat/Hello-World/hooks")
        #expect(call.headers["Authorization"] == "Bearer t0ken")
        let members = try body(call)
        #expect(members["name"] == .string("web") && members["active"] == .bool(true))
        #expect(members["events"] == .array([.string("push")]))
        #expect(
            members["config"]
                == .object([
                    "url": .string(hook.url), "content_type": .string("json"), "secret": .string("whsec_x"),
                    "insecure_ssl": .string("0"),
                ]))
        let update = try #require(HookCall.update("12", to: hook, at: place, of: .github))
        #expect(update.method == "PATCH" && update.url.hasSuffix("/hooks/12"))
        #expect(try body(update)["name"] == nil)
    }

    @Test func `GitLab is asked as its documentation says`() throws {
        let place = place("https://gitlab.example.com/api/v4", "group/sub/shop")
        let call = try #require(HookCall.create(hook, at: place, of: .gitlab))
        #expect(call.url == "https://gitlab.example.com/api/v4/projects/group%2Fsub%2Fshop/hooks")
        #expect(call.headers["PRIVATE-TOKEN"] == "t0ken" && call.headers["Authorization"] == nil)
        let members = try body(call)
        #expect(members["url"] == .string(hook.url) && members["token"] == .string("whsec_x"))
        for name in ["push_events", "tag_push_events", "enable_ssl_verification"] {
            #expect(members[name] == .bool(true))
        }
        #expect(try #require(HookCall.update("12", to: hook, at: place, of: .gitlab)).method == "PUT")
    }

    @Test func `Gitea is asked as its documentation says`() throws {
        let place = place("https://codeberg.org/api/v1")
        let call = try #require(HookCall.create(hook, at: place, of: .gitea))
        #expect(call.url == "https://codeberg.org/api/v1/repos/octocat/Hello-World/hooks")
        #expect(call.headers["Authorization"] == "token t0ken")
        let members = try body(call)
        #expect(members["type"] == .string("gitea"))
        #expect(members["events"] == .array(["push", "create", "delete"].map(JSONValue.string)))
    }

    @Test func `hosts without such an API are told apart`() {
        for host in GitHost.allCases {
            let hasCall = HookCall.create(hook, at: place("https://h"), of: host) != nil
            #expect(hasCall == host.registersWebhooks && (host.registeringRight != nil) == hasCall)
        }
    }

    @Test func `a webhook is known again by its address, and a page that is none is told`() {
        let page = """
            [{"id": 1, "url": "https://api.github.com/hooks/1", "config": {"url": "https://a"}}, {"id": 2, "url": "https://a"},
            {"id": 3, "url": "https://a", "config": {"url": "https://b"}}, {"config": {"url": "https://a"}}, 7]
            """
        let hooks = [("1", "https://a"), ("2", "https://a"), ("3", "https://b")].map(ListedHook.init)
        #expect(HookCall.hooks(in: Array(page.utf8)) == hooks)
        #expect(HookTrace(address: "https://a").own(among: hooks).map(\.id) == ["1", "2"])
        #expect(HookCall.hooks(in: Array("[]".utf8)) == [])
        for text in ["{}", "<html>", "", "[", "null"] { #expect(HookCall.hooks(in: Array(text.utf8)) == nil) }
        #expect(HookCall.hasMore(after: [], link: #"<https://h?page=2>; rel="next", <https://h?page=9>; rel="last""#))
        #expect(!HookCall.hasMore(after: [], link: #"<https://h?page=1>; rel="prev""#))
        #expect(!HookCall.hasMore(after: Array("[1]".utf8), link: nil))
    }

    @Test func `an answer that is nested deep, or is no list, costs one look`() {
        let nest = String(repeating: "[", count: 400) + String(repeating: "]", count: 400)
        let deep = Array(
            ("[" + Array(repeating: "{\"id\":1,\"x\":\(nest)}", count: 1000).joined(separator: ",") + "]").utf8)
        let start = ContinuousClock.now
        #expect(HookCall.hooks(in: deep) == nil && !HookCall.hasMore(after: deep, link: nil))
        #expect(GitHubDeploymentCall.found(in: deep, key: "k") == nil)
        #expect(HookCall.id(in: Array("{\"x\":\(nest),\"id\":1}".utf8)) == nil)
        #expect(ContinuousClock.now - start < .seconds(10), "it took minutes when all of it was read")
        #expect(HookCall.id(in: Array(" {\"id\": 12, \"x\": [[[]]]}".utf8)) == "12")
        for text in ["{\"id\":\"12\"}", "{\"id\":1e3}", "[12]", "{}", "", "{\"id\":123456789012345678901234567890}"] {
            #expect(HookCall.id(in: Array(text.utf8)) == nil)
        }
    }
}
