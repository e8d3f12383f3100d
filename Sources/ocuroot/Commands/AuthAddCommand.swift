import ArgumentParser
import Foundation
import Model
import Server

/// The command `ocuroot auth add`.
struct AuthAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Keep a credential for the repositories under a URL.",
        discussion: """
            The URL is that of a host, of a group of repositories or of one repository. Of each kind the credential with \
            the longest matching URL is used; one that is added again takes the old one's place. Secrets are stored \
            encrypted, and come from standard input, a file or an environment variable.

            The keys of ssh hosts come from a known_hosts file, or from the host itself with --scan: compare the \
            fingerprint with what the host's operator publishes. Without a terminal, --fingerprint says which is right.

            A GitHub App reads the repositories, registers webhooks and sets statuses with tokens that last an hour, for \
            what it is installed for; its key is the file that GitHub made.

            EXAMPLES
              ocuroot auth add https://git.acme.com/ --user deploy --token-stdin < token
              ocuroot auth add ssh://git.acme.com/team/ --ssh-key ~/.ssh/deploy --scan
              ocuroot auth add git@git.acme.com:team/shop.git --ssh-key deploy \\
                --known-hosts hosts
              ocuroot auth add https://git.acme.com/ --client-certificate me.pem \\
                --client-key me.key
              ocuroot auth add https://git.acme.com/ --proxy http://proxy.acme.com:3128
              ocuroot auth add https://github.com/acme --app-id 123456 --app-key app.pem
            """)

    @Argument(help: "The URL of a host, of a group of repositories, or of one.")
    var prefix: String

    @Option(help: "The user; the ssh user of --ssh-key, or who we are to --proxy.")
    var user: String?

    @Option(help: ArgumentHelp("A private key for ssh, of type ed25519 or ecdsa.", valueName: "file"))
    var sshKey: String?

    @Option(help: ArgumentHelp("Trust the ssh hosts in this file, as OpenSSH writes it.", valueName: "file"))
    var knownHosts: String?

    @Flag(help: "Ask the ssh host for its key, and trust that if you say so.")
    var scan = false

    @Option(help: ArgumentHelp("What the key of --scan must be, such as SHA256:…", valueName: "text"))
    var fingerprint: String?

    @Option(help: ArgumentHelp("A certificate for https, PEM, with those that vouch for it.", valueName: "file"))
    var clientCertificate: String?

    @Option(help: ArgumentHelp("The key of the certificate, PEM.", valueName: "file"))
    var clientKey: String?

    @Option(help: ArgumentHelp("Reach http and https hosts through this proxy.", valueName: "url"))
    var proxy: String?

    @OptionGroup var app: AuthAppOptions
    @OptionGroup var secrets: AuthSecretOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if knownHosts != nil, scan { throw ValidationError("Give either --known-hosts or --scan.") }
        if (clientCertificate == nil) != (clientKey == nil) {
            throw ValidationError("--client-certificate and --client-key go together.")
        }
        if [sshKey, clientCertificate, proxy, app.appId].count(where: { $0 != nil }) > 1 {
            throw ValidationError("Add a key, a certificate, a proxy and an App one after the other.")
        }
        if app.appId != nil, user != nil || secrets.password.isGiven {
            throw ValidationError("An App has a key, and neither a user nor a token.")
        }
        if fingerprint != nil, !scan { throw ValidationError("--fingerprint is for --scan.") }
        if secrets.isPassphraseGiven, sshKey == nil, clientCertificate == nil {
            throw ValidationError("A passphrase is for --ssh-key and --client-certificate.")
        }
        if secrets.password.isGiven, sshKey != nil || clientCertificate != nil {
            throw ValidationError("A key has a passphrase, and no token; add a password by itself.")
        }
        if user != nil, clientCertificate != nil { throw ValidationError("A certificate has no user.") }
        if proxy != nil, user == nil, secrets.password.isGiven {
            throw ValidationError("A proxy's password needs --user.")
        }
    }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        var forms = try secretForms()
        if let knownHosts {
            forms.append(CredentialForm(.knownHosts, knownHosts: try SecretInput.text(of: knownHosts)))
        }
        if scan { forms.append(CredentialForm(.knownHosts, knownHosts: try await scanned(client))) }
        guard !forms.isEmpty else {
            throw CommandError(
                "nothing to keep was given",
                hint: "give --user with --token-stdin, --ssh-key, --known-hosts, --scan, --client-certificate, --proxy "
                    + "or --app-id",
                status: .usage)
        }
        let kept: CredentialList = try await client.post(
            "/api/v1/credentials", CredentialsRequest(prefix: prefix, credentials: forms))
        if output.json { return try output.printJSON(kept) }
        for credential in kept.credentials {
            Terminal.standardOutput.line(
                "\(credential.id) \(credential.kind.rawValue) is kept for \(credential.prefix)")
            if credential.facts["type"] == "ssh-rsa" {
                Terminal.standardError.line(
                    "note: RSA keys are signed with SHA-1 here, which most hosts refuse: prefer ed25519")
            }
        }
    }

    private func secretForms() throws -> [CredentialForm] {
        if let proxy { return [CredentialForm(.proxy, user: user, secret: try secrets.password.token(), proxy: proxy)] }
        if let form = try app.form() { return [form] }
        if let sshKey {
            return [
                CredentialForm(
                    .sshKey, user: user, privateKey: try SecretInput.text(of: sshKey),
                    passphrase: try secrets.passphrase())
            ]
        }
        if let clientCertificate, let clientKey {
            return [
                CredentialForm(
                    .clientCertificate, privateKey: try SecretInput.text(of: clientKey),
                    passphrase: try secrets.passphrase(), certificates: try SecretInput.text(of: clientCertificate))
            ]
        }
        let token = try secrets.password.token()
        if user == nil, token == nil { return [] }
        guard let user, let token else {
            throw CommandError(
                "a password needs both a user and a secret",
                hint: "give --user with --token-stdin, --token-file or --token-env", status: .usage)
        }
        return [CredentialForm(.password, user: user, secret: token)]
    }

    /// The line that trusts the host's key, once a person or --fingerprint has said that it is the right one.
    private func scanned(_ client: APIClient) async throws -> String {
        let url = prefix.contains("://") && !prefix.dropFirst("ssh://".count).contains("/") ? prefix + "/" : prefix
        let key: HostKeyReport = try await client.post("/api/v1/credentials/host-key", RemoteRequest(url: url))
        if let fingerprint {
            guard key.fingerprint == fingerprint else {
                throw CommandError(
                    "the host shows \(key.type) \(key.fingerprint), not \(fingerprint)",
                    hint: "somebody may stand between you and the host; nothing is trusted")
            }
            return key.knownHosts
        }
        Terminal.standardError.line("the host shows \(key.type) \(key.fingerprint)")
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandError(
                "nobody is there to say whether that is the right key",
                hint: "compare it with what the host's operator publishes, then add --fingerprint \(key.fingerprint)")
        }
        Terminal.standardError.write("is that what the host's operator publishes? (yes/no) ")
        guard readLine() == "yes" else {
            throw CommandError("the host is not trusted", hint: "nothing was kept")
        }
        return key.knownHosts
    }
}
