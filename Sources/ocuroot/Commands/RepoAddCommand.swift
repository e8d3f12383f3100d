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
            secret is shown this once; 'ocuroot webhook secret' makes another.

            EXAMPLES
              ocuroot repo add https://github.com/acme/shop.git
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

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let request = RepoRequest(
            url: RepoArgument.url(url), refs: ref.map(RepoArgument.pattern), preview: try previews.rule(),
            force: force ? true : nil, host: host)
        let reply: RepoReply = try await APIClient(server.finder).post("/api/v1/repos", request)
        if output.json { return try output.printJSON(reply) }
        Terminal.standardOutput.line("\(reply.added.id) \(reply.added.displayName) is watched")
        guard let webhook = reply.webhook else {
            return Terminal.standardOutput.line(
                "it has no webhook, since the server has no master key: pushes are found by polling")
        }
        WebhookOutput.print(webhook, of: reply.added.url)
    }
}
