import Foundation
import Model

/// A server on loopback that keeps what it is told and answers as a test says; see Tests/Servers/recording.py.
public struct Receiver: Sendable {
    /// A request that came.
    public struct Request: Sendable, Decodable {
        /// Such as `POST`.
        public let method: String
        /// With the query.
        public let path: String
        /// By name, in lower case.
        public let headers: [String: String]
        /// As text.
        public let body: String

        /// A member of the JSON body; nil when there is none.
        public func value(_ name: String) -> JSONValue? {
            guard case .object(let members)? = try? JSONText.decode(JSONValue.self, from: Data(body.utf8)) else {
                return nil
            }
            return members[name]
        }

        /// A text in the JSON body; empty when there is none.
        public func text(_ name: String) -> String {
            if case .string(let text)? = value(name) { text } else { "" }
        }
    }

    private let server: ScriptedServer

    /// Starts one that takes everything; see Tests/Servers/receiver.py.
    public init() throws {
        server = try ScriptedServer("receiver.py")
    }

    /// Starts one that is a git host; see Tests/Servers/git_host.py.
    ///
    /// - Parameter repository: the path of the repository that it serves; nil for none.
    public init(gitHost repository: String?) throws {
        server = try ScriptedServer("git_host.py", repository ?? "")
    }

    /// What it announced.
    public subscript(fact: String) -> String { server[fact] }

    /// Its address.
    public var url: String { "http://127.0.0.1:\(server["port"])" }

    /// Has the next requests below a path answered by these actions, as the script describes them.
    public func plan(_ path: String, _ actions: [JSONObject]) async throws {
        let plan: JSONValue = .object(["path": .string(path), "actions": .array(actions.map(JSONValue.object))])
        _ = try await exchange("/_plan", try JSONText.encode(plan))
    }

    /// Has it do what a path of its own is for, and answers what came of it.
    public func control<Reply: Decodable>(
        _ path: String, _ members: JSONObject? = nil, as: Reply.Type = Reply.self
    ) async throws -> Reply {
        try JSONText.decode(Reply.self, from: try await exchange(path, try members.map { try JSONText.encode($0) }))
    }

    /// What came below a path until now.
    public func requests(_ path: String = "/") async throws -> [Request] {
        let all = try JSONText.decode([Request].self, from: try await exchange("/_requests", nil))
        return all.filter { $0.path.hasPrefix(path) }
    }

    /// Foundation's own client would need a thread of its run loop; curl is what all machines of ours have.
    private func exchange(_ path: String, _ body: Data?) async throws -> Data {
        try await withCheckedThrowingContinuation { done in
            DispatchQueue(label: "ocuroot.test.receiver").async {
                done.resume(with: Result { try Self.curl(url + path, body) })
            }
        }
    }

    private static func curl(_ url: String, _ body: Data?) throws -> Data {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["curl", "-sS", "--fail", "--max-time", "20"]
        if let body { process.arguments? += ["--data-binary", String(decoding: body, as: UTF8.self)] }
        process.arguments? += [url]
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileReadUnknown) }
        return data
    }
}
