import Foundation
import GitHosts
import Model
import TestSupport
import Testing

@testable import HostAPI

@Suite(.serialized) struct HookRegistrarTests {
    private func settings(_ hook: JSONObject, _ host: GitHost) -> JSONObject {
        if case .object(let config)? = hook["config"], host != .gitlab { config } else { hook }
    }

    @Test(arguments: [GitHost.github, .gitlab, .gitea])
    func `a webhook is made once, and changed when it is there`(host: GitHost) async throws {
        let fixture = try Fixture()
        let made = try await fixture.register(host)
        #expect(made.isNew)
        let again = try await fixture.register(host)
        #expect(!again.isNew && again.id == made.id)
        let kept = try #require(try await fixture.state.hooks[host.rawValue])
        try #require(kept.count == 1)
        let config = settings(kept[0], host)
        #expect(config["url"] == .string(fixture.hook.url))
        #expect(config[host == .gitlab ? "token" : "secret"] == .string("pl4nted-hook-secret"))
        #expect(kept[0]["id"] == .int(Int64(made.id) ?? 0))
    }

    @Test(arguments: [GitHost.github, .gitlab, .gitea])
    func `one that is far down the list is found, though the host's pages are shorter than asked for`(
        host: GitHost
    ) async throws {
        let fixture = try Fixture()
        func others(_ count: Int64) async throws {
            let _: JSONValue = try await fixture.host.control(
                "/_hooks", ["host": .string(host.rawValue), "count": .int(count)])
        }
        try await others(120)
        let made = try await fixture.register(host)
        try await others(30)
        #expect(try await fixture.register(host) == RegisteredHook(id: made.id, isNew: false))
        #expect(try await fixture.state.hooks[host.rawValue]?.count == 151)
    }

    @Test(arguments: [GitHost.github, .gitlab, .gitea])
    func `a webhook is taken away by its address, and no other is`(host: GitHost) async throws {
        let fixture = try Fixture()
        let _: JSONValue = try await fixture.host.control(
            "/_hooks", ["host": .string(host.rawValue), "count": .int(120)])
        let made = try await fixture.register(host)
        let registrar = HookRegistrar(exchange: fixture.exchange)
        func removed() async throws -> RemovedHooks {
            try await registrar.unregister(
                knownBy: [HookTrace(address: fixture.hook.url)], at: fixture.place(host), of: host)
        }
        #expect(try await removed() == RemovedHooks(ids: [made.id], others: []))
        #expect(try await fixture.state.hooks[host.rawValue]?.count == 120)
        #expect(try await removed().ids.isEmpty)
    }

    /// A webhook of another server, one of ours with a former address, and where they are.
    private func neighbours(_ fixture: Fixture, _ host: GitHost) async throws -> (former: String, id: String) {
        let former = "https://old.example.com/webhooks/x/o1"
        var ids: [String] = []
        for url in ["https://ada:hunter2@staging.example.com/webhooks/x/o1", former] {
            let hook = HookSettings(url: url, secret: Secret("x"))
            let made = try await HookRegistrar(exchange: fixture.exchange).register(
                hook, at: fixture.place(host), of: host)
            ids.append(made.id)
        }
        return (former, ids[1])
    }

    private func addresses(_ fixture: Fixture, _ host: GitHost) async throws -> [String: JSONValue] {
        var all: [String: JSONValue] = [:]
        for hook in try await fixture.state.hooks[host.rawValue] ?? [] {
            if case .int(let id)? = hook["id"] { all[String(id)] = settings(hook, host)["url"] }
        }
        return all
    }

    @Test(arguments: [GitHost.github, .gitlab, .gitea])
    func `a webhook with a former address is given the new one, and not doubled`(host: GitHost) async throws {
        let fixture = try Fixture()
        let (former, id) = try await neighbours(fixture, host)
        let registrar = HookRegistrar(exchange: fixture.exchange)
        let traces = [HookTrace(address: fixture.hook.url, formerAddresses: [former])]
        for _ in 0..<2 {
            let again = try await registrar.register(fixture.hook, knownBy: traces, at: fixture.place(host), of: host)
            #expect(again == RegisteredHook(id: id, isNew: false))
        }
        let all = try await addresses(fixture, host)
        #expect(all.count == 2 && all[id] == .string(fixture.hook.url))
    }

    @Test(arguments: [GitHost.github, .gitlab, .gitea])
    func `a former one beside the present one is taken away, and that of another server is not`(
        host: GitHost
    ) async throws {
        let fixture = try Fixture()
        let (former, _) = try await neighbours(fixture, host)
        let made = try await fixture.register(host)
        let registrar = HookRegistrar(exchange: fixture.exchange)
        let traces = [HookTrace(address: fixture.hook.url, formerAddresses: [former])]
        let again = try await registrar.register(fixture.hook, knownBy: traces, at: fixture.place(host), of: host)
        #expect(again == RegisteredHook(id: made.id, isNew: false))
        #expect(try await addresses(fixture, host).count == 2)
        let removed = try await registrar.unregister(knownBy: traces, at: fixture.place(host), of: host)
        #expect(removed == RemovedHooks(ids: [made.id], others: ["https://ada:***@staging.example.com/webhooks/x/o1"]))
        #expect(try await addresses(fixture, host).count == 1)
    }

    @Test func `who may not take a webhook away is told what the token needs`() async throws {
        let fixture = try Fixture()
        _ = try await fixture.register()
        let error = await #expect(throws: HostAPIError.self) {
            try await HookRegistrar(exchange: fixture.exchange).unregister(
                knownBy: [HookTrace(address: fixture.hook.url)], at: fixture.place(token: fixture.host["reader"]),
                of: .github)
        }
        #expect(error?.status == 403 && error?.hint?.contains("Webhooks") == true)
        #expect(error?.description.hasPrefix("cannot remove a webhook") == true)
        #expect(try await fixture.state.hooks["github"]?.count == 1)
    }

    @Test func `a host behind a proxy is reached through it`() async throws {
        let fixture = try Fixture()
        // The host is its own proxy: what it is asked for by its whole URL is what it has.
        let place = HostPlace(
            api: "http://github.invalid/api/v3", project: "acme/shop", token: Secret(fixture.host["admin"]),
            proxy: Secret(fixture.host.url.replacing("://", with: "://ada:pa%40ss@")))
        let made = try await HookRegistrar(exchange: fixture.exchange).register(fixture.hook, at: place, of: .github)
        #expect(made.isNew)
        let came = try await fixture.host.requests("http://github.invalid/api/v3")
        let asked = "Basic " + Data("ada:pa@ss".utf8).base64EncodedString()
        #expect(came.count == 2 && came.allSatisfy { $0.headers["proxy-authorization"] == asked })
    }

    @Test func `a proxy that repeats who asks is not repeated`() async throws {
        let fixture = try Fixture()
        let login = Data("ada:pa@ss word".utf8).base64EncodedString()
        let words = "407 for Basic \(login), who is ada:pa@ss word (pa@ss word, pa%40ss%20word)"
        try await fixture.host.plan(
            "/api/v3", [["status": .int(407), "body": .object(["message": .string(words)])]])
        let place = HostPlace(
            api: "http://github.invalid/api/v3", project: "acme/shop", token: Secret(fixture.host["admin"]),
            proxy: Secret(fixture.host.url.replacing("://", with: "://ada:pa%40ss%20word@")))
        let error = try #require(
            await #expect(throws: HostAPIError.self) {
                try await HookRegistrar(exchange: fixture.exchange).register(fixture.hook, at: place, of: .github)
            })
        #expect(error.cause.contains("407 for Basic ***"))
        for part in [login, "ss word", "ss%20word"] { #expect(!error.description.contains(part), "\(error)") }
    }

    @Test func `a host that asks for patience is not taken to refuse the token`() async throws {
        let fixture = try Fixture()
        try await fixture.host.plan(
            "/api/v3",
            [["status": .int(403), "body": .object(["message": .string("You have exceeded a secondary rate limit.")])]])
        let error = await #expect(throws: HostAPIError.self) { try await fixture.register(.github) }
        #expect(error?.isTransient == true && error?.hint?.contains("try again later") == true)
        #expect(error?.pause == .seconds(60))
    }

    @Test func `a list without an end is given up, and nothing is made`() async throws {
        let fixture = try Fixture()
        let link = JSONValue.object(["Link": .string(#"<http://h/?page=2>; rel="next""#)])
        let page: JSONObject = ["status": .int(200), "headers": link, "body": .array([])]
        try await fixture.host.plan("/api/v3/repos/acme/shop/hooks", Array(repeating: page, count: 50))
        let error = try await fixture.refusal()
        #expect(error.code == .refused && error.cause.contains("more webhooks"))
        #expect(try await fixture.host.requests("/api/v3").count == 10)
    }

    @Test func `who may not is told what the token needs`() async throws {
        let fixture = try Fixture()
        let wrong = try await fixture.refusal(token: "pl4nted-wrong-token")
        #expect(wrong.code == .unauthorized && wrong.status == 401 && wrong.cause.contains("Bad credentials"))
        let reader = try await fixture.refusal(token: fixture.host["reader"])
        #expect(reader.status == 403 && reader.cause.contains("Resource not accessible"))
        #expect(reader.hint?.contains("Webhooks") == true)
        let absent = try await fixture.refusal(project: "acme/other")
        #expect(absent.status == 404 && absent.hint?.contains("admin:repo_hook") == true)
        #expect(try await fixture.state.hooks["github"]?.isEmpty == true)
    }

    @Test func `what the host says is bounded, and repeats no secret`() async throws {
        let fixture = try Fixture()
        let token = fixture.host["admin"]
        let words = "url is not reachable \(token) \(fixture.hook.secret.text) " + String(repeating: "x", count: 5000)
        let refusal: JSONObject = ["status": .int(422), "body": .string(words)]
        try await fixture.host.plan("/api/v3/repos/acme/shop/hooks", [refusal])
        let error = try await fixture.refusal()
        #expect(error.status == 422 && error.hint?.contains("--public-url") == true)
        #expect(error.cause.contains("url is not reachable *** ***") && "\(error)".count < 600)
    }

    @Test func `an answer that makes no sense, a failing and a limiting host are told apart`() async throws {
        let fixture = try Fixture()
        func answered(_ action: JSONObject) async throws -> HostAPIError {
            try await fixture.host.plan("/api/v3/repos/acme/shop/hooks", [action])
            return try await fixture.refusal()
        }
        let page = try await answered(["status": .int(200), "body": .string("<html>Welcome</html>")])
        #expect(page.code == .garbled && page.hint?.contains("--api") == true)
        #expect(try await answered(["status": .int(200), "body": .object([:])]).code == .garbled)
        #expect(try await answered(["status": .int(502)]).code == .unavailable)
        // A connection that was kept and breaks is no reason to give up, a new one is.
        try await fixture.host.plan("/api/v3/repos/acme/shop/hooks", [["close": .bool(true)]])
        #expect(try await answered(["close": .bool(true)]).code == .unavailable)
        let limit = JSONValue.object(["Retry-After": .string("77")])
        let limited = try await answered(["status": .int(403), "headers": limit])
        #expect(limited.code == .unavailable && limited.pause == .seconds(77))
        let moved = JSONValue.object(["Location": .string("http://127.0.0.1:1/")])
        #expect(try await answered(["status": .int(307), "headers": moved]).cause.contains("redirects"))
        #expect(try await fixture.register().isNew)
    }

    @Test func `a host that says nothing holds nobody for long`() async throws {
        let fixture = try Fixture(timeout: .seconds(1))
        try await fixture.host.plan("/api/v3/repos/acme/shop/hooks", [["hang": .bool(true)]])
        #expect(try await fixture.refusal().code == .unavailable)
    }

    @Test func `one that was made while its answer was lost is found when it is tried again`() async throws {
        let fixture = try Fixture()
        // The list is taken as it is; then the connection breaks after the webhook was made.
        let list: JSONObject = ["status": .int(200), "body": .array([])]
        let lost: JSONObject = ["close": .bool(true), "done": .bool(true)]
        try await fixture.host.plan("/api/v3/repos/acme/shop/hooks", [list, lost])
        _ = try? await fixture.register()
        #expect(try await fixture.register().isNew == false)
        #expect(try await fixture.state.hooks["github"]?.count == 1)
    }
}
