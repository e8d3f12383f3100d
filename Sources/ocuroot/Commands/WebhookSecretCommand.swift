import ArgumentParser
import Model
import Server

/// The command `ocuroot webhook secret`.
struct WebhookSecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret",
        abstract: "Make a repository's webhook, or another secret for it.",
        discussion: """
            Prints what to enter at the git host. The former secret is still taken for a day, or as --former says, so \
            that nothing is lost until the new one is entered. A secret that there is, is replaced only with --rotate. \
            With a token of GitHub, GitLab, Gitea or Forgejo, or with --register, the host is told of it at once.

            EXAMPLES
              ocuroot webhook secret acme/shop
              ocuroot webhook secret acme/shop --rotate --former 1h
              ocuroot webhook secret acme/shop --rotate --token-stdin < token
            """)

    @Argument(help: "The repository's id, name or URL.")
    var repo: String

    @Flag(help: "Replace the secret that there is.")
    var rotate = false

    @Option(
        help: ArgumentHelp("What hosts it: \(GitHost.names); as it was unless given.", valueName: "kind"))
    var host: GitHost?

    @Option(help: ArgumentHelp("For how long the former secret is still taken; at most 7d.", valueName: "span"))
    var former = DurationText(.seconds(86_400))

    @OptionGroup var register: RegisterOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws { try register.checkPurpose() }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let name = RepoArgument.url(repo)
        let list: WebhookList = try await client.get("/api/v1/webhooks", ["repo": name, "limit": "1"])
        if let known = list.webhooks.first, !rotate {
            throw CommandError(
                "\(known.name) has a webhook at \(known.url), whose secret is not shown again",
                hint: "--rotate replaces the secret")
        }
        let request = WebhookSecretRequest(
            repo: name, host: host, formerSeconds: Int(former.duration.components.seconds),
            register: try register.request())
        let reply: WebhookSecretReply = try await client.post("/api/v1/webhooks/secret", request)
        if output.json {
            try output.printJSON(reply)
        } else if reply.registration?.isRegistered != true {
            try await WebhookOutput.print(reply, asking: client)
        }
        if let registration = reply.registration {
            try WebhookOutput.conclude(registration, isPrinted: output.json)
        }
    }
}
