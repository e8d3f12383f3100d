import Cryptography
import Foundation
import HTTPClient
import Model
import Store
import Testing

@testable import Server

@Suite struct NoticeTargetTests {
    private static let base = "/api/v1/notify"

    private func add(_ server: TestServer, _ request: NoticeTargetRequest) async throws -> HTTPResponse {
        let body = String(decoding: try JSONText.encode(request), as: UTF8.self)
        return try await server.send(.post, "\(Self.base)/targets", body: .text(body))
    }

    @Test func `a git host's place is told from the repository's URL, and its token never shown`() async throws {
        try await TestServer.with { server in
            _ = try await server.store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.addRepo(url: "https://github.com/acme/shop.git", refs: [])
            }
            var request = NoticeTargetRequest(.status)
            request.repo = "github.com/acme/shop"
            request.token = "t0ken"
            let answer = try await add(server, request)
            #expect(answer.status == 201)
            let reply = try JSONText.decode(NoticeTargetReply.self, from: Data(answer.body))
            #expect(reply.target.kind == .githubStatus && reply.target.address == "https://api.github.com")
            #expect(reply.target.project == "acme/shop" && reply.secret == nil)
            let list = try await server.send(.get, "\(Self.base)/targets")
            #expect(!answer.text.contains("t0ken") && !list.text.contains("t0ken") && list.text.contains("acme/shop"))
            request.service = .deployments
            #expect(try await add(server, request).status == 201)
        }
    }

    @Test func `a chat's address is masked, and a program's key told once`() async throws {
        try await TestServer.with { server in
            var chat = NoticeTargetRequest(.slack)
            chat.url = "https://hooks.slack.com/services/T000/B000/s3cret"
            let answer = try await add(server, chat)
            #expect(answer.status == 201 && answer.text.contains("https://hooks.slack.com/***"))
            var program = NoticeTargetRequest(.webhook)
            program.url = "http://127.0.0.1:9000/hook?key=s3cret"
            let made = try await add(server, program)
            let reply = try JSONText.decode(NoticeTargetReply.self, from: Data(made.body))
            #expect(reply.secret?.hasPrefix("whsec_") == true && reply.target.on == ["*"])
            let list = try await server.send(.get, "\(Self.base)/targets")
            for text in [answer.text, made.text, list.text] { #expect(!text.contains("s3cret")) }
            #expect(!list.text.contains("whsec_"))
            let events = try await server.store.events(after: nil, limit: 10)
            #expect(!"\(events)".contains("s3cret") && events.map(\.kind).contains("notification.target_added"))
            #expect(try await server.send(.delete, "\(Self.base)/targets/\(reply.target.id)").status == 204)
            #expect(try await server.send(.get, "\(Self.base)/targets/\(reply.target.id)").status == 404)
        }
    }

    @Test func `what makes no sense is refused with what is wrong`() async throws {
        try await TestServer.with { server in
            _ = try await server.store.transaction(as: "test") { tx throws(StoreError) in
                try await tx.addRepo(url: "file:///srv/shop", refs: [])
            }
            func refusal(_ change: (inout NoticeTargetRequest) -> Void) async throws -> String {
                var request = NoticeTargetRequest(.status)
                request.repo = "o1"
                request.token = "t0ken"
                change(&request)
                let answer = try await add(server, request)
                #expect((400..<500).contains(answer.status))
                return try answer.problem.detail
            }
            #expect(try await refusal { _ in }.contains("what kind of git host"))
            #expect(try await refusal { $0.host = .azure }.contains("azure has no status"))
            #expect(try await refusal { $0.host = .github }.contains("what github calls it"))
            #expect(try await refusal { $0.token = "two\nlines" }.contains("control characters"))
            #expect(try await refusal { $0.repo = nil }.contains("'repo' is missing"))
            #expect(try await refusal { $0.on = ["build.*"] }.contains("'on' is for"))
            #expect(try await refusal { $0.service = .slack }.contains("'url' is missing"))
            #expect(
                try await refusal {
                    $0.service = .webhook
                    $0.url = "ftp://example.com"
                }.contains("http or https"))
            #expect(try await refusal { ($0.host, $0.service) = (.gitlab, .deployments) }.contains("no deployments"))
        }
    }

    @Test func `what is not dead is not tried again, and what is not there is not found`() async throws {
        try await TestServer.with { server in
            func status(_ method: HTTPMethod, _ path: String) async throws -> Int {
                let body: HTTPBody = method == .get ? .none : .text("{}")
                return try await server.send(method, "\(Self.base)/\(path)", body: body).status
            }
            for path in ["targets/nt9", "notifications/n9"] {
                let (shown, retried) = (try await status(.get, path), try await status(.post, path + "/retry"))
                #expect(shown == 404 && retried == 404)
            }
            let (tested, listed) = (
                try await status(.post, "targets/nt9/test"), try await status(.get, "notifications?state=lost")
            )
            #expect(tested == 404 && listed == 400)
        }
    }
}
