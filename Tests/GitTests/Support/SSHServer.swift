import Foundation

/// A real sshd on 127.0.0.1 that lets the current user in by one key.
final class SSHServer: Sendable {
    let port: Int
    /// The lines of known_hosts that trust it.
    let knownHosts: String
    let user: String
    private let child: ChildProcess
    private let directory: TemporaryDirectory

    /// The private key that it lets in.
    var keyFile: String { directory.path + "/user-key" }
    /// A private key that it does not let in.
    var strangerKeyFile: String { directory.path + "/stranger-key" }

    init() throws {
        directory = try TemporaryDirectory()
        user = NSUserName()
        for name in ["host-key", "user-key", "stranger-key"] {
            try Program.run(
                "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", directory.path + "/" + name])
        }
        try directory.write("authorized_keys", directory.read("user-key.pub") ?? "")
        // sshd insists on this directory when root starts it.
        if getuid() == 0 { mkdir("/run/sshd", 0o755) }
        port = Int(try Loopback.freePort())
        try directory.write(
            "sshd_config",
            """
            ListenAddress 127.0.0.1
            Port \(port)
            HostKey \(directory.path)/host-key
            AuthorizedKeysFile \(directory.path)/authorized_keys
            PidFile none
            UsePAM no
            StrictModes no
            PermitRootLogin yes
            PasswordAuthentication no
            KbdInteractiveAuthentication no

            """)
        let none = open("/dev/null", O_RDWR | O_CLOEXEC)
        child = try ChildProcess(
            "/usr/sbin/sshd", ["-D", "-f", directory.path + "/sshd_config", "-E", directory.path + "/log"],
            input: none, output: none)
        close(none)
        let key = (directory.read("host-key.pub") ?? "").split(separator: " ").prefix(2).joined(separator: " ")
        knownHosts = "[127.0.0.1]:\(port) \(key)\n"
        try waitUntilItListens()
    }

    /// Lets in one more key.
    func authorize(_ publicKey: String) throws {
        try directory.write("authorized_keys", (directory.read("authorized_keys") ?? "") + publicKey)
    }

    /// The fingerprint of the host key, as ssh-keygen tells it.
    func fingerprint() throws -> String {
        let line = try Program.run("/usr/bin/ssh-keygen", ["-l", "-f", directory.path + "/host-key.pub"])
        return String(line.split(separator: " ")[1])
    }

    /// A URL of a repository on this machine.
    func url(of path: String) -> String { "ssh://\(user)@127.0.0.1:\(port)\(path)" }

    private func waitUntilItListens() throws {
        for _ in 0..<200 {
            if (directory.read("log") ?? "").contains("Server listening") { return }
            usleep(50_000)
        }
        throw Program.Failure(description: "sshd did not start: \(directory.read("log") ?? "")")
    }
}
