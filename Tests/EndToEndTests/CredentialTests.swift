import Foundation
import HTTPClient
import Model
import TestSupport
import Testing

/// Real servers of Debian's (nginx, git http-backend, sshd, tinyproxy) in front of the whole of Ocuroot.
@Suite(.serialized) struct CredentialTests {
    private static let user = "deploy"
    private static let secret = "pl4nted-s3cret-token"

    let remote: RepositoryBuilder
    let hosts: ScriptedServer
    let name: String
    let files: String

    init() throws {
        remote = try RepositoryBuilder()
        try remote.commit(
            "first",
            [
                "repo.ocu.star": Shop.repo("shop", ["prod"]),
                // What a script of a run can see: its environment, its files, and the processes beside it.
                "api/package.ocu.star": Shop.package(
                    "api",
                    deploy: """
                            host.shell('''
                                { env; cat ../.git/config; git config --list; tr '\\\\0' ' ' < /proc/$PPID/cmdline; } \\
                                    2> /dev/null | tee -a "$WORLD/seen"
                                for process in /proc/[0-9]*; do tr '\\\\0' ' ' < $process/cmdline; done \\
                                    2> /dev/null >> "$WORLD/seen" || true
                            ''')
                        """),
            ])
        let parts = remote.path.split(separator: "/")
        name = String(parts.last ?? "")
        files = NSTemporaryDirectory() + "ocuroot-secrets-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: files, withIntermediateDirectories: true)
        try Data((Self.secret + "\n").utf8).write(to: URL(fileURLWithPath: files + "/token"))
        try Data("wrong-\(Self.secret)".utf8).write(to: URL(fileURLWithPath: files + "/wrong"))
        hosts = try ScriptedServer(
            "git_server.py", "/" + parts.dropLast().joined(separator: "/"), Self.user, files + "/token")
    }

    private var url: String { "https://localhost:\(hosts["https"])/git/\(name)" }
    private var prefix: String { "https://localhost:\(hosts["https"])/git/" }

    private func with(_ body: (Installation) async throws -> Void) async throws {
        try await Installation.with(environment: ["SSL_CERT_FILE": hosts["authority"]], body)
    }

    /// Keeps the token that a file holds.
    private func keep(_ file: String, in shop: Installation) async throws {
        let end = try await shop.run(
            "auth", "add", prefix, "--user", Self.user, "--token-file", "\(files)/\(file)")
        #expect(end.status == 0, "\(end.errors)")
    }

    /// Every place where the server may have left something, but for the key file that opens it.
    private func leaks(of secrets: [String], in shop: Installation) async throws -> [String] {
        var found: [String] = []
        func search(_ place: String, _ bytes: Data) {
            for secret in secrets where bytes.range(of: Data(secret.utf8)) != nil {
                found.append("\(place): \(secret)")
            }
        }
        for root in [shop.directory, shop.world] {
            for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
                guard let bytes = FileManager.default.contents(atPath: root + "/" + path) else { continue }
                search(path, bytes)
            }
        }
        search("standard output", Data((shop.server?.output ?? "").utf8))
        search("the log", Data((shop.server?.errors ?? "").utf8))
        let answers = ["status", "repos", "events?limit=1000", "runs", "credentials"].map { "/api/v1/" + $0 }
        for path in ["/", "/tables"] + answers { search(path, Data(try await shop.get(path).body)) }
        return found
    }

    @Test func `a private repository is delivered, and what opens it is seen nowhere`() async throws {
        try await with { shop in
            let refused = try await shop.run("repo", "add", url)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("ocuroot auth add"), "\(refused.errors)")
            try await keep("token", in: shop)
            let test = try await shop.run("auth", "test", url)
            #expect(test.status == 0 && test.output.contains("password of \(prefix.dropLast())"), "\(test)")
            #expect(try await shop.run("repo", "add", url).status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1"])
            #expect(FileManager.default.fileExists(atPath: shop.world + "/seen"))
            #expect(try await leaks(of: [Self.secret], in: shop) == [])

            try await keep("wrong", in: shop)
            try remote.commit("second", ["api/change.txt": "2"])
            #expect(try await shop.settle().status == 1)
            #expect(try await shop.run("repo", "list").output.contains("the host refused the credentials"))
            #expect(try await shop.run("auth", "list").output.contains("refused"))
            try await keep("token", in: shop)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1", "2"])
            let encoded = Data("\(Self.user):\(Self.secret)".utf8).base64EncodedString()
            #expect(try await leaks(of: [Self.secret, encoded], in: shop) == [])
        }
    }

    @Test func `a password in a repository's URL moves into the store of credentials`() async throws {
        try await with { shop in
            let full = url.replacing("https://", with: "https://\(Self.user):\(Self.secret)@")
            #expect(try await shop.run("repo", "add", full).status == 0)
            let list = try await shop.run("repo", "list", "--json").output
            #expect(list.contains("\"url\":\"\(url)\""), "\(list)")
            #expect(try await shop.settle().status == 0)
            #expect(try await leaks(of: [Self.secret], in: shop) == [])
            #expect(try await shop.run("repo", "remove", full, "--orphan").status == 0)
        }
    }

    @Test func `an ssh host is trusted by a fingerprint, and lets in the key that is kept`() async throws {
        try await with { shop in
            let url = "ssh://\(hosts["sshUser"])@127.0.0.1:\(hosts["ssh"])\(remote.path)"
            let place = "ssh://127.0.0.1:\(hosts["ssh"])/"
            let nobody = try await shop.run("auth", "add", place, "--ssh-key", hosts["sshKey"], "--scan")
            #expect(nobody.status == 1, "nobody is asked")
            #expect(nobody.errors.contains(hosts["fingerprint"]), "\(nobody.errors)")
            let other = try await shop.run(
                "auth", "add", place, "--ssh-key", hosts["sshKey"], "--scan", "--fingerprint", "SHA256:other")
            #expect(other.status == 1)
            #expect(try await shop.run("auth", "add", place, "--ssh-key", hosts["sshKey"]).status == 0)
            let unknown = try await shop.run("repo", "add", url)
            #expect(unknown.errors.contains("auth add \(place) --scan"), "\(unknown.errors)")
            let added = try await shop.run("auth", "add", place, "--scan", "--fingerprint", hosts["fingerprint"])
            #expect(added.status == 0, "\(added.errors)")
            #expect(try await shop.run("repo", "add", url).status == 0)
            #expect(try await shop.settle().status == 0)
            #expect(try shop.deployments("api@prod") == ["1"])
            let key = try String(contentsOfFile: hosts["sshKey"], encoding: .utf8).split(separator: "\n")[2]
            #expect(try await leaks(of: [String(key)], in: shop) == [])
        }
    }

    @Test func `a certificate and a proxy open what asks for them`() async throws {
        try await with { shop in
            let place = "https://localhost:\(hosts["mtls"])/"
            let certificate = try await shop.run(
                "auth", "add", place, "--client-certificate", hosts["certificate"], "--client-key", hosts["key"])
            #expect(certificate.status == 0, "\(certificate.errors)")
            #expect(try await shop.run("auth", "test", place + "open/" + name).status == 0)
            try Data(hosts["proxyPassword"].utf8).write(to: URL(fileURLWithPath: files + "/proxy"))
            let proxy = try await shop.run(
                "auth", "add", place, "--proxy", "http://127.0.0.1:\(hosts["proxy"])", "--user", hosts["proxyUser"],
                "--token-file", files + "/proxy")
            #expect(proxy.status == 0, "\(proxy.errors)")
            let test = try await shop.run("auth", "test", place + "open/" + name, "--json")
            #expect(test.status == 0, "\(test.output)")
            #expect(test.output.contains("client-certificate") && test.output.contains("\"proxy\""))
            #expect(try String(contentsOfFile: hosts["proxyLog"], encoding: .utf8).contains("CONNECT localhost"))
            #expect(try await shop.run("auth", "show", place).output.contains("CN=ocuroot"))
            #expect(try await shop.run("auth", "remove", place).status == 0)
            #expect(try await shop.run("auth", "test", place + "open/" + name).status == 1)
            let key = try String(contentsOfFile: hosts["key"], encoding: .utf8).split(separator: "\n")[1]
            #expect(try await leaks(of: [String(key), hosts["proxyPassword"]], in: shop) == [])
        }
    }

    @Test func `forced pushes and hundreds of branches are followed over http`() async throws {
        try await with { shop in
            try await keep("token", in: shop)
            #expect(try await shop.run("repo", "add", url).status == 0)
            #expect(try await shop.settle().status == 0)
            let base = try remote.tip()
            for number in 0..<500 { try remote.point("topic/\(number)", at: base) }
            for number in 0..<40 {
                try remote.point("main", at: base)
                try remote.commit("rewritten \(number)", ["api/change.txt": .text("\(number)")])
            }
            #expect(try await shop.settle().status == 0)
            let tip = try remote.tip()
            let report = try await shop.settle().report
            #expect(try report.element("api", "prod").deployed?.build.commit == tip)
        }
    }
}
