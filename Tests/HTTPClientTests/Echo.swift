import Foundation
import HTTPClient

/// What the server's `/echo` saw of a request.
struct Echo: Decodable {
    let method: String
    let path: String
    let headers: String
    let count: String
    let sha256: String
    let connection: String

    init(_ response: HTTPResponse) throws {
        self = try JSONDecoder().decode(Echo.self, from: Data(response.body))
    }

    /// The value of a header, or nil.
    func header(_ name: String) -> String? {
        let lines = headers.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 1) }
        return lines.first { $0[0].lowercased() == name.lowercased() }.map {
            $0.count > 1 ? $0[1].trimmingCharacters(in: .whitespaces) : ""
        }
    }
}
