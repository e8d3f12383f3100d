import Foundation
import HTTPClient
import Model
import Testing

@testable import Server

extension TestServer {
    /// A request with the API key, unless another token, or none, is asked for.
    func request(
        _ method: HTTPMethod, _ path: String, token: String? = TestServer.apiKey, body: HTTPBody = .none,
        headers: [String: String] = [:]
    ) -> HTTPRequest {
        var request = HTTPRequest(method, url + path, body: body)
        if let token { request.headers["Authorization"] = "Bearer \(token)" }
        for (name, value) in headers { request.headers[name] = value }
        return request
    }

    /// Sends a request.
    func send(
        _ method: HTTPMethod, _ path: String, token: String? = TestServer.apiKey, body: HTTPBody = .none,
        headers: [String: String] = [:]
    ) async throws -> HTTPResponse {
        try await session.send(request(method, path, token: token, body: body, headers: headers))
    }

    /// Reads a JSON answer.
    func get<Reply: Decodable>(_ path: String, as: Reply.Type = Reply.self) async throws -> Reply {
        let response = try await send(.get, path)
        #expect(response.status == 200, "\(response.text)")
        return try JSONText.decode(Reply.self, from: Data(response.body))
    }

    /// Sends JSON.
    func post(
        _ path: String, _ body: some Encodable, token: String? = TestServer.apiKey
    ) async throws -> HTTPResponse {
        try await send(.post, path, token: token, body: .bytes(Array(try JSONText.encode(body))))
    }
}

extension HTTPResponse {
    /// The body as the problem that it must be.
    var problem: Problem {
        get throws {
            #expect(headers["Content-Type"] == "application/problem+json")
            return try JSONText.decode(Problem.self, from: Data(body))
        }
    }

    /// The body as JSON.
    func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try JSONText.decode(type, from: Data(body))
    }
}
