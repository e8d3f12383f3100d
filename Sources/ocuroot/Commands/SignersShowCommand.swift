import ArgumentParser
import Model
import Server

/// The command `ocuroot signers show`.
struct SignersShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show whose keys an environment's list has.",
        discussion: """
            EXAMPLES
              ocuroot signers show production
              ocuroot signers show s2 --file > allowed_signers
            """)

    @Argument(help: "The list's id, or the environment as it was given.")
    var list: String

    @Flag(help: "Print the file itself.")
    var file = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let id = try await SignersArgument.find(list, client).id
        let list: SignerList = try await client.get("/api/v1/signers/\(id)")
        if output.json { return try output.printJSON(list) }
        if file { return Terminal.standardOutput.write(list.text ?? "") }
        var table = TextTable(["PRINCIPALS", "KEY", "FROM", "UNTIL"])
        for signer in list.signers ?? [] {
            table.append([
                .init(signer.principals.joined(separator: ",")),
                .init(signer.isForGit ? signer.fingerprint : "\(signer.fingerprint), not for git"),
                .init(signer.validAfter.map(JSONText.time) ?? "-"), .init(signer.validBefore.map(JSONText.time) ?? "-"),
            ])
        }
        Terminal.standardOutput.show(table)
    }
}
