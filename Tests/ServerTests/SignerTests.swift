import Foundation
import HTTPClient
import Model
import TestSupport
import Testing

@testable import Server

@Suite struct `Lists of signers over the API` {
    @Test func `are set, shown and removed, and refuse what is not signed`() async throws {
        let key = try SigningKey()
        try await TestServer.with { server in
            try await server.deliver(["api"], to: try await server.addRepo())
            let text = "ann@example.com \(key.publicKey)\n"
            let answer = try await server.post(
                "/api/v1/signers", SignersRequest(environment: "pro*", text: text, by: "root"))
            #expect(answer.status == 201, "\(answer.text)")
            let list = try answer.decoded(SignerList.self)
            #expect(list.covers == ["prod"] && list.text == text && list.updatedBy == "root")
            let fingerprint = try key.fingerprint()
            #expect(list.signers?.map(\.fingerprint) == [fingerprint])
            #expect(try await server.get("/api/v1/signers", as: SignerLists.self).lists.map(\.id) == [list.id])
            #expect(try await server.get("/api/v1/signers/\(list.id)", as: SignerList.self) == list)

            let pin = SteeringRequest(trailers: [Trailer(token: "Ocuroot-Pin", value: "api@prod=1")])
            let refused = try await server.post("/api/v1/steering", pin)
            #expect(refused.status == 422)
            let problem = try refused.problem
            #expect(problem.code == "steering_refused" && problem.detail.contains("give --commit, sign the commit"))

            #expect(try await server.send(.delete, "/api/v1/signers/\(list.id)?by=root").status == 204)
            #expect(try await server.send(.delete, "/api/v1/signers/\(list.id)").status == 404)
            #expect(try await server.send(.get, "/api/v1/signers/\(list.id)").status == 404)
            #expect(try await server.post("/api/v1/steering", pin).status == 200)
        }
    }

    @Test(arguments: [
        ("prod", "ann\n", 422, "line 1: it has no key"), ("prod", "", 422, "the file: it lists no key"),
        ("pro d", "", 400, "'environment' is neither"), ("", "", 400, "'environment' is neither"),
    ])
    func `are refused with what is wrong where`(
        environment: String, text: String, status: Int, detail: String
    ) async throws {
        try await TestServer.with { server in
            let answer = try await server.post(
                "/api/v1/signers", SignersRequest(environment: environment, text: text))
            #expect(answer.status == status)
            #expect(try answer.problem.detail.hasPrefix(detail), "\(answer.text)")
            #expect(try await server.get("/api/v1/signers", as: SignerLists.self).lists.isEmpty)
        }
    }
}
