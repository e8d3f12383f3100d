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
        let session = try HTTPSession()
        let key = try String(contentsOfFile: directory + "/api-key", encoding: .utf8)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let headers: HTTPHeaders = isSignedIn ? ["Authorization": "Bearer \(key)"] : [:]
        return try await session.send(HTTPRequest(.get, address + path, headers: headers))
    }

    /// Every run of a package, newest first.
    func runs(package: String) async throws -> [RunListing] {
        let response = try await get("/api/v1/runs?package=\(package)&limit=1000")
        #expect(response.status == 200)
        return try JSONText.decode(RunList.self, from: Data(response.body)).runs
    }
}
