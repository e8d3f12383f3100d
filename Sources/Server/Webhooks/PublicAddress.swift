import Model
import Synchronization

/// Where git hosts reach this server.
final class PublicAddress: Sendable {
    private let configured: String?
    private let host: String
    private let port: Mutex<Int>

    /// Takes what was configured; otherwise the address that is listened on serves, once its port is known.
    init(_ configuration: WebServer.Configuration) {
        configured = configuration.publicURL
        host = configuration.host
        port = Mutex(configuration.port)
    }

    /// Notes the port.
    func listens(on port: Int) {
        self.port.withLock { $0 = port }
    }

    /// The address of a repo's webhook.
    func webhook(of repo: RepoID, host: GitHost) -> String {
        "\(base)/webhooks/\(host.rawValue)/\(repo)"
    }

    private var base: String {
        if let configured { return configured.hasSuffix("/") ? String(configured.dropLast()) : configured }
        let name = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
        return "http://\(name.contains(":") ? "[\(name)]" : name):\(port.withLock { $0 })"
    }
}
