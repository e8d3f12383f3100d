import ArgumentParser
import Model
import Server

/// The command `ocuroot notify list`.
struct NotifyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List who is told what happens; with --dead, what could not be delivered.",
        discussion: """
            EXAMPLES
              ocuroot notify list
              ocuroot notify list --dead
            """)

    @Flag(help: "List the notifications that were given up instead.")
    var dead = false

    @Option(name: .shortAndLong, help: "With --dead, how many to show.")
    var limit = 50

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if !(1...1000).contains(limit) { throw ValidationError("--limit is a number from 1 to 1000.") }
    }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let terminal = Terminal.standardOutput
        if dead {
            let list: NoticeList = try await client.get(
                "/api/v1/notify/notifications", ["state": "dead", "limit": "\(limit)"])
            if output.json { return try output.printJSON(list) }
            if list.notifications.isEmpty { return terminal.line("everything was delivered, or is about to be") }
            return terminal.show(NotifyOutput.table(of: list.notifications))
        }
        let list: NoticeTargetList = try await client.get("/api/v1/notify/targets")
        if output.json { return try output.printJSON(list) }
        if list.targets.isEmpty { return terminal.line("nobody is told anything; see 'ocuroot notify add --help'") }
        terminal.show(NotifyOutput.table(of: list.targets))
    }
}
