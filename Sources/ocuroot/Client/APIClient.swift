import Foundation
import HTTPClient
import Model

/// Speaks to a server's HTTP API for the commands.
struct APIClient: Sendable {
    /// No call takes longer, also one that the server holds back as long as it may.
    private static let callMax = Duration.seconds(90)

    private let session: HTTPSession
    private let finder: ServerFinder

    /// Makes a client; nothing is sent yet.
    init(_ finder: ServerFinder) throws {
        session = try HTTPSession()
        self.finder = finder
    }

    /// Reads something.
    ///
    /// - Parameters:
    ///   - path: such as `/api/v1/status`.
    ///   - query: its parameters; those that are nil are left out.
    ///   - limit: how long the call may take; 90 s at most, which is more than the server holds an answer back.
    func get<Reply: Decodable>(
        _ path: String, _ query: [String: String?] = [:], limit: Duration? = nil, as: Reply.Type = Reply.self
    ) async throws -> Reply {
        let response = try await send(.get, path, query, body: .none, limit: limit)
        return try decode(response)
    }

    /// Does something that has an answer.
    func post<Reply: Decodable>(
        _ path: String, _ body: some Encodable, limit: Duration? = nil, as: Reply.Type = Reply.self
    ) async throws -> Reply {
        let data = try JSONText.encode(body)
        return try decode(try await send(.post, path, [:], body: .bytes(Array(data)), limit: limit))
    }

    /// Does something that has no answer and takes nothing.
    func post(_ path: String) async throws {
        _ = try await send(.post, path, [:], body: .none, limit: nil)
    }

    /// Changes something, and reads how it is now.
    func patch<Reply: Decodable>(_ path: String, _ body: some Encodable, as: Reply.Type = Reply.self) async throws
        -> Reply
    {
        let data = try JSONText.encode(body)
        return try decode(try await send(.patch, path, [:], body: .bytes(Array(data)), limit: nil))
    }

    /// Takes something away.
    func delete(_ path: String, _ query: [String: String?] = [:]) async throws {
        _ = try await send(.delete, path, query, body: .none, limit: nil)
    }

    /// Takes something away, and reads what is left of it.
    func delete<Reply: Decodable>(
        _ path: String, _ query: [String: String?], _ body: some Encodable, as: Reply.Type = Reply.self
    ) async throws -> Reply {
        let data = try JSONText.encode(body)
        return try decode(try await send(.delete, path, query, body: .bytes(Array(data)), limit: nil))
    }

    /// Reads something as it comes.
    func open(_ path: String, _ query: [String: String?] = [:]) async throws -> HTTPResponseStream {
        let address = try finder.find()
        var request = request(.get, address, path, query)
        request.timeouts = .stream
        request.bodyBytesMax = nil
        let stream = try await reaching(address) { () async throws(HTTPError) in try await session.open(request) }
        guard stream.isSuccess else {
            var body: [UInt8] = []
            for try await chunk in stream.body where body.count < 64 << 10 { body += chunk }
            throw failure(status: stream.status, body: body, address)
        }
        return stream
    }

    private func send(
        _ method: HTTPMethod, _ path: String, _ query: [String: String?], body: HTTPBody, limit: Duration?
    ) async throws -> HTTPResponse {
        let address = try finder.find()
        var request = request(method, address, path, query)
        request.body = body
        let limit = min(limit ?? Self.callMax, Self.callMax)
        request.timeouts.total = limit
        request.timeouts.stall = limit
        request.bodyBytesMax = 256 << 20
        let complete = request
        let response = try await reaching(address) { () async throws(HTTPError) in try await session.send(complete) }
        guard response.isSuccess else { throw failure(status: response.status, body: response.body, address) }
        return response
    }

    private func request(
        _ method: HTTPMethod, _ address: ServerAddress, _ path: String, _ query: [String: String?]
    ) -> HTTPRequest {
        var request = HTTPRequest(method, address.url + path + Self.text(of: query))
        request.headers["Content-Type"] = "application/json"
        if let key = address.apiKey { request.headers["Authorization"] = "Bearer \(key)" }
        return request
    }

    private func reaching<Value>(
        _ address: ServerAddress, _ exchange: () async throws(HTTPError) -> Value
    ) async throws -> Value {
        do throws(HTTPError) {
            return try await exchange()
        } catch {
            throw UnreachableServer(address: address, cause: error)
        }
    }

    private func decode<Reply: Decodable>(_ response: HTTPResponse) throws -> Reply {
        do {
            return try JSONText.decode(Reply.self, from: Data(response.body))
        } catch {
            throw CommandError(
                "\(RepoURL.withoutPassword(response.url)) answered what this ocuroot does not understand: \(error)",
                hint: "use the same version of ocuroot as the server; see 'ocuroot version'")
        }
    }

    private func failure(status: Int, body: [UInt8], _ address: ServerAddress) -> any Error {
        let problem =
            (try? JSONText.decode(Problem.self, from: Data(body)))
            ?? Problem(
                status: status, code: "unknown", detail: "\(address.shown) answered with status \(status)",
                hint: "check that an Ocuroot server runs there")
        if problem.status == 503 { return UnreachableServer(address: address, cause: problem) }
        return CommandError(problem: problem, address)
    }

    /// The query with its question mark, percent-encoded; empty when there is nothing to ask.
    private static func text(of query: [String: String?]) -> String {
        var unreserved = CharacterSet.alphanumerics
        unreserved.insert(charactersIn: "-._~/")
        let pairs = query.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { "\(name)=\($0.addingPercentEncoding(withAllowedCharacters: unreserved) ?? "")" }
        }
        return pairs.isEmpty ? "" : "?" + pairs.joined(separator: "&")
    }
}
