import Foundation
import HTTPClient
import Model
import Store
import Testing

private struct RunList: Decodable {
    let runs: [RunListing]
}

extension Installation {
    /// The answer to a GET, with the API key when `isSignedIn`.
    func get(_ path: String, isSignedIn: Bool = true) async throws -> HTTPResponse {
        try await send(.get, path, isSignedIn: isSignedIn)
    }

    /// The answer to a POST of JSON, with the API key.
    func post(_ path: String, _ body: String) async throws -> HTTPResponse {
        try await send(.post, path, body: .text(body), isSignedIn: true)
    }

    private func send(
        _ method: HTTPMethod, _ path: String, body: HTTPBody = .none, isSignedIn: Bool
    ) async throws -> HTTPResponse {
        let session = try HTTPSession()
        let key = try String(contentsOfFile: directory + "/api-key", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let headers: HTTPHeaders = isSignedIn ? ["Authorization": "Bearer \(key)"] : [:]
        return try await session.send(HTTPRequest(method, address + path, headers: headers, body: body))
    }

    /// Every run of a package, newest first.
    func runs(package: String) async throws -> [RunListing] {
        let response = try await get("/api/v1/runs?package=\(package)&limit=1000")
        #expect(response.status == 200)
        return try JSONText.decode(RunList.self, from: Data(response.body)).runs
    }
}
