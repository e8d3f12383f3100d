import ArgumentParser
import Model
import Server

/// The command `ocuroot notify remove`.
struct NotifyRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Tell somebody nothing more.",
        discussion: """
            What still waits for it is dropped, and its token or address is forgotten.

            EXAMPLES
              ocuroot notify remove nt2
            """)

    @Argument(help: "The target's id, as 'ocuroot notify list' shows it.")
    var id: NoticeTargetID

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        try await APIClient(server.finder).delete("/api/v1/notify/targets/\(id)")
        if output.json { return try output.printJSON(["id": id]) }
        Terminal.standardOutput.line("\(id) is told nothing more")
    }
}
