import ArgumentParser
import Foundation
import Model
import Server

/// The command `ocuroot webhook list`.
struct WebhookListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List webhooks, and the newest deliveries.",
        discussion: """
            EXAMPLES
              ocuroot webhook list
              ocuroot webhook list acme/shop --limit 200
            """)

    @Argument(help: "Only this repository: its id, name or URL.")
    var repo: String?

    @Option(name: .shortAndLong, help: "How many deliveries to show.")
    var limit = 20

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if !(1...1000).contains(limit) { throw ValidationError("--limit is a number from 1 to 1000.") }
    }

    mutating func run() async throws {
        let list: WebhookList = try await APIClient(server.finder).get(
            "/api/v1/webhooks", ["repo": repo.map(RepoArgument.url), "limit": "\(limit)"])
        if output.json { return try output.printJSON(list) }
        let terminal = Terminal.standardOutput
        guard !list.webhooks.isEmpty else {
            return terminal.line("there is no webhook; 'ocuroot webhook secret REPO' makes one")
        }
        terminal.show(webhooks(list))
        terminal.line("")
        guard !list.deliveries.isEmpty else { return terminal.line("nothing was delivered yet") }
        terminal.show(deliveries(list))
    }

    private func webhooks(_ list: WebhookList) -> TextTable {
        var table = TextTable(["REPO", "NAME", "HOST", "URL", "REFUSED"])
        for entry in list.webhooks {
            let webhook = entry.webhook
            let refused =
                webhook.refusedCount == 0
                ? "" : "\(webhook.refusedCount), last \(when(webhook.refusedAt)): \(webhook.refusal ?? "")"
            table.append([
                .init("\(webhook.repo)"), .init(entry.name.rawValue), .init(webhook.host.rawValue), .init(entry.url),
                .init(refused, .red),
            ])
        }
        return table
    }

    private func deliveries(_ list: WebhookList) -> TextTable {
        var table = TextTable(["ID", "REPO", "RECEIVED", "FROM", "EVENT", "KIND", "REFS"])
        for delivery in list.deliveries {
            let more = delivery.refsLeftOut > 0 ? ["and \(delivery.refsLeftOut) more"] : []
            table.append([
                .init("\(delivery.id)"), .init("\(delivery.repo)"), .init(when(delivery.receivedAt)),
                .init(delivery.source), .init(delivery.event),
                .init(delivery.kind.rawValue, delivery.kind == .unreadable ? .red : .plain),
                .init((delivery.refs.map(\.ref.rawValue) + more).joined(separator: ", ")),
            ])
        }
        return table
    }

    private func when(_ date: Date?) -> String { date.map(JSONText.time) ?? "" }
}
