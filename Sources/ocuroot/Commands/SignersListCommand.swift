import ArgumentParser
import Model
import Server

/// The command `ocuroot signers list`.
struct SignersListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the environments that only signed commits steer.",
        discussion: """
            EXAMPLES
              ocuroot signers list
              ocuroot signers list --json
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let reply: SignerLists = try await APIClient(server.finder).get("/api/v1/signers")
        if output.json { return try output.printJSON(reply) }
        if reply.lists.isEmpty {
            return Terminal.standardOutput.line(
                "commits need no signature to steer; 'ocuroot signers set ENVIRONMENT' changes that")
        }
        var table = TextTable(["ID", "ENVIRONMENT", "COVERS", "KEYS", "SET", "BY"])
        for list in reply.lists {
            let covers = list.covers.map(\.rawValue).joined(separator: ", ")
            table.append([
                .init("\(list.id)"), .init(list.environment), .init(covers.isEmpty ? "-" : covers),
                .init("\(list.keys)"), .init(JSONText.time(list.updatedAt)), .init(list.updatedBy),
            ])
        }
        Terminal.standardOutput.show(table)
    }
}
