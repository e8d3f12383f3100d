import ArgumentParser
import Foundation
import Model
import Server

/// The command `ocuroot notify show`.
struct NotifyShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show one target with what it was told, or one notification.",
        discussion: """
            EXAMPLES
              ocuroot notify show nt2
              ocuroot notify show n77 --json
            """)

    @Argument(help: "A target's id or a notification's, as 'ocuroot notify list' shows them.")
    var id: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let terminal = Terminal.standardOutput
        if let target = NoticeTargetID(id) {
            let found: NoticeTarget = try await client.get("/api/v1/notify/targets/\(target)")
            if output.json { return try output.printJSON(found) }
            terminal.show(NotifyOutput.table(of: [found]))
            let list: NoticeList = try await client.get(
                "/api/v1/notify/notifications", ["target": "\(target)", "limit": "20"])
            terminal.line("")
            if list.notifications.isEmpty { return terminal.line("it was told nothing yet") }
            return terminal.show(NotifyOutput.table(of: list.notifications))
        }
        let notice: Notice = try await client.get("/api/v1/notify/notifications/\(try NotifyArgument.notice(id))")
        if output.json { return try output.printJSON(notice) }
        terminal.show(NotifyOutput.table(of: [notice]))
        if let error = notice.error { terminal.line("error: \(error)") }
        terminal.line(String(decoding: try JSONText.encode(notice.payload, pretty: true), as: UTF8.self))
    }
}
