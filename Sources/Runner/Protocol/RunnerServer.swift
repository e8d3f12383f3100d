import Foundation

/// Where a runner's server is, and what lets the runner take its Run.
public struct RunnerServer: Sendable {
    /// The server's address as it was known when the runner was started, such as `http://127.0.0.1:8080`.
    public let url: String
    /// The Run's one-time start token, or an API key.
    public let token: String
    /// The `server.json` of the data directory: read again when the server cannot be reached, since a server that
    /// was started anew may listen elsewhere; nil when there is none.
    public let serverFile: String?

    /// Makes a value.
    public init(url: String, token: String, serverFile: String? = nil) {
        self.url = url
        self.token = token
        self.serverFile = serverFile
    }

    /// What `server.json` says now; nil when it cannot be read.
    func readURL() -> String? {
        struct Contents: Decodable {
            let url: String
        }
        guard let serverFile, let data = FileManager.default.contents(atPath: serverFile) else { return nil }
        return try? JSONDecoder().decode(Contents.self, from: data).url
    }
}
