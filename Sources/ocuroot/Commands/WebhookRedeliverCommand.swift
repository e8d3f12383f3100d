import ArgumentParser
import Model

/// The command `ocuroot webhook redeliver`.
struct WebhookRedeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redeliver",
        abstract: "Act on a delivery as if it had just come: look at its repository's refs.",
        discussion: """
            EXAMPLES
              ocuroot webhook redeliver w7
            """)

    @Argument(help: "The delivery's id, as 'ocuroot webhook list' shows it.")
    var id: WebhookDeliveryID

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        try await APIClient(server.finder).post("/api/v1/webhooks/deliveries/\(id)/redeliver")
        if output.json { return try output.printJSON(["delivery": id]) }
        Terminal.standardOutput.line("the repository of \(id) is being looked at")
    }
}
