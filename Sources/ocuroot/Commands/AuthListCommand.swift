import ArgumentParser
import Model
import Server

/// The command `ocuroot auth list`.
struct AuthListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the credentials that are kept, without their secrets.",
        discussion: """
            EXAMPLES
              ocuroot auth list
              ocuroot auth list --json
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let list: CredentialList = try await APIClient(server.finder).get("/api/v1/credentials")
        if output.json { return try output.printJSON(list) }
        if list.credentials.isEmpty {
            Terminal.standardOutput.line("no credential is kept; keep one with 'ocuroot auth add URL'")
            return
        }
        CredentialOutput.print(list.credentials)
    }
}
