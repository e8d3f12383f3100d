import ArgumentParser
import Model
import Server

/// The command `ocuroot repo add`.
struct RepoAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Watch a git repository.",
        discussion: """
            The URL may be file://, https:// or ssh://, user@host:path, or a directory on this machine. The server \
            reads its refs first, so that a mistyped URL is refused.

            It also makes a webhook and prints what to enter at the git host, so that pushes are seen at once. Its \
            secret is shown this once; 'ocuroot webhook secret' makes another. With a token of GitHub, GitLab, Gitea or \
            Forgejo the webhook is registered over the host's API; the token is used this once and kept nowhere. \
            --register does so with what 'ocuroot auth' keeps. The repository is watched even if that fails; the exit \
            code is 1 then.

            EXAMPLES
              ocuroot repo add https://github.com/acme/shop.git
              ocuroot repo add https://github.com/acme/shop.git --token-stdin < token
              ocuroot repo add . --ref main --ref 'release/*'
              ocuroot repo add https://git.example.com/acme/shop.git --host gitea
              ocuroot repo add . --preview 'feature/*' --preview-like staging
            """)

    @Argument(help: "Where the repository is fetched from.")
    var url: String

    @Option(
        help:
            "A branch, a full ref, or a pattern such as 'release/*'; the default branch unless given. May be repeated.")
    var ref: [String] = []

    @OptionGroup var previews: PreviewOptions

    @Option(
        help: ArgumentHelp(
            "What hosts it: \(GitHost.names); what the URL shows unless given.", valueName: "kind"))
    var host: GitHost?

    @Flag(help: "Add it even if it cannot be read right now.")
    var force = false

    @OptionGroup var register: RegisterOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws { try register.checkPurpose() }

    mutating func run() async throws {
        let request = RepoRequest(
            url: RepoArgument.url(url), refs: ref.map(RepoArgument.pattern), preview: try previews.rule(),
            force: force ? true : nil, host: host, register: try register.request())
        let reply: RepoReply = try await APIClient(server.finder).post("/api/v1/repos", request)
        if output.json { try output.printJSON(reply) } else { show(reply) }
        if let registration = reply.registration {
            try WebhookOutput.conclude(registration, isPrinted: output.json)
        }
    }

    private func show(_ reply: RepoReply) {
        Terminal.standardOutput.line("\(reply.added.id) \(reply.added.displayName) is watched")
        guard let webhook = reply.webhook else {
            return Terminal.standardOutput.line(
                "it has no webhook, since the server has no master key: pushes are found by polling")
        }
        if reply.registration?.isRegistered != true { WebhookOutput.print(webhook, of: reply.added.url) }
    }
}
