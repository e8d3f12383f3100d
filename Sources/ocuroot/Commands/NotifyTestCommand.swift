import ArgumentParser
import Model
import Server

/// The command `ocuroot notify test`.
struct NotifyTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Send a test, and say what the receiver answered.",
        discussion: """
            A git host's statuses are tried with the status 'ocuroot/test' on the newest commit; GitHub's deployments by \
            listing them, since a deployment that is no deployment would be seen. Exits with 1 when it is not taken.

            EXAMPLES
              ocuroot notify test nt2
            """)

    @Argument(help: "The target's id, as 'ocuroot notify list' shows it.")
    var id: NoticeTargetID

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let reply: NoticeTestReply = try await APIClient(server.finder).post(
            "/api/v1/notify/targets/\(id)/test", [String: String]())
        if output.json {
            try output.printJSON(reply)
        } else {
            Terminal.standardOutput.line("\(id) \(reply.isDelivered ? "took it" : "did not take it"): \(reply.answer)")
        }
        if !reply.isDelivered { throw ExitStatus.failed }
    }
}
