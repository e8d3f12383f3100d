import ArgumentParser
import GitHosts
import Model
import Server

/// The command `ocuroot webhook register`.
struct WebhookRegisterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "register",
        abstract: "Register a repository's webhook over its git host's API.",
        discussion: """
            Works with \(GitHost.registering.map(\.rawValue).joined(separator: ", ")). Without a token the password or \
            GitHub App is used that 'ocuroot auth' keeps for the repository; a token that is given is used this once. A \
            webhook that is ours already is changed, so it may be done again. The exit code is 1 when the host \
            refuses.

            EXAMPLES
              ocuroot webhook register acme/shop --token-stdin < token
              ocuroot webhook register acme/shop
            """)

    @Argument(help: "The repository's id, name or URL.")
    var repo: String

    @Option(help: ArgumentHelp("What hosts it: \(GitHost.names); as it was unless given.", valueName: "kind"))
    var host: GitHost?

    @OptionGroup var register: RegisterOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let reply: WebhookRegisterReply = try await client.post(
            "/api/v1/webhooks/register",
            WebhookRegisterRequest(repo: RepoArgument.url(repo), host: host, register: try register.complete()))
        if output.json {
            try output.printJSON(reply)
        } else if !reply.registration.isRegistered, let secret = reply.secret {
            try await WebhookOutput.print(
                WebhookSecretReply(repo: reply.repo, host: reply.host, url: reply.url, secret: Secret(secret)),
                asking: client)
        }
        try WebhookOutput.conclude(reply.registration, isPrinted: output.json)
    }
}
