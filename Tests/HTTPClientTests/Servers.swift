import HTTPClient
import TestSupport

/// The servers of this suite, each started at its first use and ended with the test process.
enum Servers {
    private static let startedHTTP = Result { try ScriptedServer("http_server.py") }
    private static let startedTLS = Result { try ScriptedServer("tls_server.py") }

    /// A server that behaves as its path says.
    static var http: ScriptedServer {
        get throws { try startedHTTP.get() }
    }

    /// HTTPS with a certificate of its own authority.
    static var tls: ScriptedServer {
        get throws { try startedTLS.get() }
    }

    /// A URL of the HTTP server.
    static func url(_ path: String, host: String = "127.0.0.1") throws -> String {
        "http://\(host):\(try http["port"])\(path)"
    }
}
