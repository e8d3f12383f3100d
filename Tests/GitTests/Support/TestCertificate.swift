import Foundation

/// A certificate for `localhost` that vouches for itself.
final class TestCertificate: Sendable {
    private let directory: TemporaryDirectory
    var file: String { directory.path + "/certificate.pem" }
    var keyFile: String { directory.path + "/key.pem" }

    init() throws {
        directory = try TemporaryDirectory()
        try Program.run(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=DNS:localhost", "-keyout", keyFile, "-out", file,
            ])
    }
}
