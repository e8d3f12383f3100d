import ArgumentParser
import Model
import Server

/// The command `ocuroot notify retry`.
struct NotifyRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Send again what could not be delivered.",
        discussion: """
            EXAMPLES
              ocuroot notify retry n77
              ocuroot notify retry nt2
            """)

    @Argument(help: "A notification's id, or a target's for all that it did not get.")
    var id: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let place =
            if let target = NoticeTargetID(id) { "targets/\(target)" } else {
                "notifications/\(try NotifyArgument.notice(id))"
            }
        let reply: NoticeRetryReply = try await APIClient(server.finder).post(
            "/api/v1/notify/\(place)/retry", [String: String]())
        if output.json { return try output.printJSON(reply) }
        Terminal.standardOutput.line(
            "\(reply.count) \(reply.count == 1 ? "notification is" : "notifications are") sent again")
    }
}
