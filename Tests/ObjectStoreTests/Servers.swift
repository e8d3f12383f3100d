import Dispatch
import HTTPClient
import ObjectStore
import TestSupport

/// The servers of this suite, each started at its first use and ended with the test process.
enum Servers {
    private static let startedS3 = Result { try ScriptedServer("s3_server.py") }
    private static let starting = DispatchQueue(label: "starting SeaweedFS")
    private static let startedHTTP = Result { try ScriptedServer("http_server.py") }
    private static let startedSession = Result { try HTTPSession() }

    /// SeaweedFS with one bucket.
    ///
    /// It takes seconds to start, which must not occupy a thread of Swift's pool.
    static var s3: ScriptedServer {
        get async throws {
            try await withCheckedContinuation { continuation in
                starting.async { continuation.resume(returning: startedS3) }
            }.get()
        }
    }

    /// A server that behaves as its path says.
    static var http: ScriptedServer {
        get throws { try startedHTTP.get() }
    }

    static var session: HTTPSession {
        get throws { try startedSession.get() }
    }

    /// SeaweedFS's bucket, below a prefix.
    static func bucket(
        prefix: String, key: String = "key", secret: String? = nil, name: String? = nil
    ) async throws -> S3Bucket {
        let s3 = try await s3
        let address = "s3://\(name ?? s3["bucket"])/\(prefix)?endpoint=http://127.0.0.1:\(s3["port"])"
        let credentials = S3Credentials(accessKeyID: s3[key], secretAccessKey: secret ?? s3["secret"])
        return S3Bucket(try S3Address(address), credentials: credentials, session: try session)
    }
}
