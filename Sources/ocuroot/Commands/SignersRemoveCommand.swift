import ArgumentParser
import Model
import Server

/// The command `ocuroot signers remove`.
struct SignersRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Have commits without signature steer an environment again.",
        discussion: """
            Pins and holds stay as they are.

            EXAMPLES
              ocuroot signers remove production
              ocuroot signers remove s2
            """)

    @Argument(help: "The list's id, or the environment as it was given.")
    var list: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let found = try await SignersArgument.find(list, client)
        try await client.delete("/api/v1/signers/\(found.id)", ["by": Surroundings.current.userName])
        if output.json { return try output.printJSON(found) }
        Terminal.standardOutput.line("'\(found.environment)' is steered without the signatures of \(found.id) again")
    }
}
