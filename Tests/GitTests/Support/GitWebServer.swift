import Foundation

/// `git http-backend` behind a small web server of Python's, with or without TLS and a password.
final class GitWebServer: Sendable {
    let port: Int
    private let child: ChildProcess
    private let directory: TemporaryDirectory

    /// The user that a server with a password wants.
    static let user = "deploy"
    /// The password that a server with a password wants.
    static let secret = "s3cret"

    private static let program = """
        import base64, http.server, os, ssl, subprocess, sys
        root, secret, certificate, key = sys.argv[1:5]

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def log_message(self, *arguments): pass
            def body(self):
                if self.headers.get("Transfer-Encoding", "") != "chunked":
                    return self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = []
                while size := int(self.rfile.readline(), 16):
                    parts.append(self.rfile.read(size)); self.rfile.readline()
                self.rfile.readline()
                return b"".join(parts)
            def answer(self, status, headers, content):
                self.send_response(status)
                for name, value in headers: self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            def handle_git(self):
                body = self.body()
                path, _, query = self.path.partition("?")
                if path.startswith("/elsewhere/"):
                    return self.answer(302, [("Location", "http://localhost:%d%s" % (
                        self.server.server_port, self.path.replace("/elsewhere/", "/")))], b"")
                wanted = "Basic " + base64.b64encode(secret.encode()).decode()
                if secret and self.headers.get("Authorization") != wanted:
                    return self.answer(401, [("WWW-Authenticate", 'Basic realm="git"')], b"")
                environment = dict(os.environ, GIT_PROJECT_ROOT=root, GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path,
                    QUERY_STRING=query, REQUEST_METHOD=self.command, REMOTE_ADDR="127.0.0.1",
                    CONTENT_TYPE=self.headers.get("Content-Type", ""),
                    HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""))
                done = subprocess.run(["git", "http-backend"], input=body, env=environment, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL)
                head, _, content = done.stdout.partition(b"\\r\\n\\r\\n")
                headers = [tuple(line.split(": ", 1)) for line in head.decode().split("\\r\\n") if ": " in line]
                status = [int(value.split()[0]) for name, value in headers if name == "Status"]
                self.answer(status[0] if status else 200, [h for h in headers if h[0] != "Status"], content)
            do_GET = handle_git
            do_POST = handle_git

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_port, flush=True)
        server.serve_forever()
        """

    /// Serves every repository below a directory.
    init(root: String, withPassword: Bool = false, certificate: TestCertificate? = nil) throws {
        directory = try TemporaryDirectory()
        try directory.write("server.py", Self.program)
        let output = try PrivatePipe()
        let none = open("/dev/null", O_RDONLY | O_CLOEXEC)
        child = try ChildProcess(
            "/usr/bin/python3",
            [
                directory.path + "/server.py", root, withPassword ? "\(Self.user):\(Self.secret)" : "",
                certificate?.file ?? "", certificate?.keyFile ?? "",
            ],
            input: none, output: output.writing)
        close(none)
        close(output.writing)
        let line = output.read(line: true)
        guard let number = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw Program.Failure(description: "the web server did not start: \(line)")
        }
        port = number
    }
}
