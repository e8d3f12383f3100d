import Foundation
import GitHosts
import HTTPClient
import Model
import Synchronization
import TestSupport
import Testing

@testable import HostAPI

/// A git host on loopback, and what talks to it.
struct Fixture {
    /// What the host tells of itself.
    struct State: Decodable {
        let hooks: [String: [JSONObject]]
        let tokens: Int
        let asked: Int
    }

    static let bases = [GitHost.github: "/api/v3", .gitlab: "/api/v4", .gitea: "/api/v1"]

    let host: Receiver
    let exchange: HostExchange
    let hook = HookSettings(url: "https://ci.example.com/webhooks/x/o1", secret: Secret("pl4nted-hook-secret"))

    init(timeout: Duration = .seconds(10)) throws {
        host = try Receiver(gitHost: nil)
        exchange = HostExchange(session: try HTTPSession(), timeout: timeout)
    }

    var state: State { get async throws { try await host.control("/_state") } }

    func place(_ kind: GitHost = .github, token: String? = nil, project: String = "acme/shop") -> HostPlace {
        HostPlace(
            api: host.url + (Self.bases[kind] ?? ""), project: project, token: Secret(token ?? host["admin"]))
    }

    func register(_ kind: GitHost = .github, token: String? = nil, project: String = "acme/shop") async throws
        -> RegisteredHook
    {
        try await HookRegistrar(exchange: exchange).register(
            hook, at: place(kind, token: token, project: project), of: kind)
    }

    /// The error that registering ends with.
    func refusal(token: String? = nil, project: String = "acme/shop") async throws -> HostAPIError {
        try #require(
            await #expect(throws: HostAPIError.self) { try await register(token: token, project: project) })
    }

    /// The App that the host knows.
    func app(key: String = "key", id: String? = nil, installation: String? = nil) throws -> GitHubApp {
        GitHubApp(
            id: id ?? host["app"], privateKey: Secret(try String(contentsOfFile: host[key], encoding: .utf8)),
            installation: installation, api: host.url + "/api/v3")
    }
}

/// A clock that a test sets.
final class SetClock: Sendable {
    private let seconds = Mutex(0.0)

    /// The time that it shows.
    var now: Date { Date() + seconds.withLock { $0 } }

    func advance(_ seconds: Double) {
        self.seconds.withLock { $0 += seconds }
    }
}
