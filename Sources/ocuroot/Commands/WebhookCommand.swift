import ArgumentParser

/// The command `ocuroot webhook`.
struct WebhookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhook",
        abstract: "See what git hosts sent, have it acted on again; try webhooks, register them, change their secrets.",
        subcommands: [
            WebhookListCommand.self, WebhookShowCommand.self, WebhookRedeliverCommand.self, WebhookTestCommand.self,
            WebhookSecretCommand.self, WebhookRegisterCommand.self,
        ])
}
