import Foundation
import HTTPClient
import Model
import Testing

@testable import Server

@Suite struct StatusPageTests {
    private static let attack = "<script>alert('x')</script>\" onload=\"y"

    private func element(
        _ package: PackageName, _ environment: EnvironmentName, _ state: PlacementState, reason: String = "",
        repo: RepoName = "shop"
    ) throws -> StatusReport.Element {
        let build = StatusReport.BuildSummary(
            id: BuildID(rawValue: 7), sequence: 3, alias: nil, commit: try TestServer.commit("a"))
        return StatusReport.Element(
            repo: repo, package: package, environment: environment, state: state, reason: reason,
            target: .init(build: build, since: Date()),
            deployed: state == .synced ? .init(build: build, since: Date(), outputs: [:]) : nil)
    }

    private func repo(_ name: RepoName?, error: String? = nil) -> Repo {
        Repo(
            id: RepoID(rawValue: 1), url: "https://me:secret@example.com/shop.git", name: name, refs: [], error: error,
            lookedAt: nil)
    }

    private func render(_ elements: [StatusReport.Element], repos: [Repo]) throws -> String {
        let page = try StatusPage()
        let main = page.renderMain(StatusReport(at: Date(), packages: elements), repos: repos)
        return page.render(main: main, nonce: "abc")
    }

    @Test func `a table has a row for each package and a column for each environment`() throws {
        let html = try render(
            [try element("api", "prod", .synced), try element("web", "staging", .waiting, reason: "needs approval")],
            repos: [repo("shop")])
        #expect(html.contains("<th scope=\"col\">prod</th><th scope=\"col\">staging</th>"))
        #expect(html.contains("<th scope=\"row\">api</th>"))
        #expect(html.contains("needs approval"))
        #expect(html.contains("#3 <code>aaaaaaaa</code>"))
        #expect(html.contains("not here"))
    }

    @Test func `a build with a patch is not shown as its commit alone`() throws {
        let report = StatusReport(at: Date(), packages: [try element("api", "prod", .synced)])
        let html = try StatusPage().renderMain(report, repos: [repo("shop")], patched: [BuildID(rawValue: 7)])
        #expect(html.contains("<code>aaaaaaaa+patch</code>"))
    }

    @Test func `everything that people wrote is escaped`() throws {
        let html = try render(
            [
                try element(
                    PackageName(Self.attack), EnvironmentName(Self.attack), .failed, reason: Self.attack + "\nmore",
                    repo: RepoName(Self.attack))
            ],
            repos: [repo(RepoName(Self.attack), error: Self.attack)])
        #expect(!html.contains("<script>alert"))
        #expect(!html.contains("\" onload="))
        #expect(html.contains("&lt;script&gt;alert"))
    }

    @Test func `a repo in error says so, without its password`() throws {
        let html = try render([], repos: [repo(nil, error: "no repo.ocu.star")])
        #expect(html.contains("no repo.ocu.star"))
        #expect(!html.contains("secret"))
        #expect(html.contains("No packages yet."))
    }

    @Test func `an empty installation says what to do`() throws {
        #expect(try render([], repos: []).contains("ocuroot repo add URL"))
    }

    @Test func `only our own style and script may run`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            let page = try await server.send(.get, "/", token: nil)
            let policy = try #require(page.headers["Content-Security-Policy"])
            let nonce = try #require(policy.split(separator: "'nonce-").dropFirst().first?.prefix { $0 != "'" })
            #expect(policy.contains("default-src 'none'"))
            #expect(page.text.contains("<script nonce=\"\(nonce)\">"))
            #expect(page.text.contains("<style nonce=\"\(nonce)\">"))
            let second = try await server.send(.get, "/", token: nil)
            #expect(second.headers["Content-Security-Policy"] != policy)
        }
    }

    @Test func `the tables alone are what the page holds`() throws {
        let report = StatusReport(at: Date(), packages: [try element("api", "prod", .synced)])
        let page = try StatusPage()
        let tables = page.renderMain(report, repos: [repo("shop")])
        #expect(tables.hasPrefix("<main id=\"status\">"))
        #expect(page.render(main: tables, nonce: "abc").contains(tables))
    }

    @Test func `many who ask at once get the same tables, and a change gets new ones`() async throws {
        try await TestServer.with { server in
            let signal = ChangeSignal()
            let tables = StatusTables(store: server.store, page: try StatusPage(), signal: signal)
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await tables.html() } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(answers.count == 1)
            _ = try await server.addRepo("file:///bakery")
            signal.advance()
            #expect(try await tables.html().contains("/bakery"))
        }
    }

    @Test func `the page shows what the store holds`() async throws {
        try await TestServer.with(isAnonymousReadAllowed: true) { server in
            try await server.deliver(["api"], environments: ["prod", "staging"], to: try await server.addRepo())
            let page = try await server.send(.get, "/", token: nil)
            #expect(page.text.contains("<th scope=\"row\">api</th>"))
            #expect(page.text.contains("progressing"))
        }
    }
}
