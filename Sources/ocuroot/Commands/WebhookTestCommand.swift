import ArgumentParser
import Model
import Server

/// The command `ocuroot webhook test`.
struct WebhookTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a signed ping to a webhook through the server's public address.",
        discussion: """
            The server sends it as the git host would, to the address that it tells people, and looks whether it \
            arrived. Ends with 1 when it did not. It notes an address that the host, on another machine, cannot reach.

            EXAMPLES
              ocuroot webhook test acme/shop
            """)

    @Argument(help: "The repository's id, name or URL.")
    var repo: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let name = RepoArgument.url(repo)
        let reply: WebhookTestReply = try await client.post("/api/v1/webhooks/test", WebhookTestRequest(repo: name))
        if output.json { try output.printJSON(reply) }
        if reply.hasArrived {
            if !output.json {
                Terminal.standardOutput.line(
                    "a ping to \(reply.url) arrived\(reply.delivery.map { " as \($0)" } ?? "")")
            }
            return try await WebhookOutput.noteReach(of: reply, to: name, asking: client)
        }
        if output.json { throw ExitStatus.failed }
        let reason = reply.status.map { "it was answered with status \($0)" } ?? reply.problem ?? "it was not answered"
        throw CommandError(
            "a ping to \(reply.url) did not arrive: \(reason)",
            hint: "check the server's --public-url, and that its proxy passes /webhooks/ on")
    }
}
