import ArgumentParser
import Model
import Server

/// The command `ocuroot auth remove`.
struct AuthRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Forget credentials.",
        discussion: """
            A URL stands for all that is kept for exactly it, or for one kind of that.

            EXAMPLES
              ocuroot auth remove k3
              ocuroot auth remove https://git.acme.com/ --kind proxy
            """)

    @Argument(help: "The credential's id, or the URL that it is kept for.")
    var credential: String

    @Option(help: ArgumentHelp("Only this: \(CredentialKind.names).", valueName: "kind"))
    var kind: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if let kind, CredentialKind(rawValue: kind) == nil {
            throw ValidationError("--kind is one of \(CredentialKind.names).")
        }
    }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let found = try await CredentialArgument.find(
            credential, kind: kind.flatMap(CredentialKind.init(rawValue:)), client)
        for credential in found { try await client.delete("/api/v1/credentials/\(credential.id)") }
        if output.json { return try output.printJSON(CredentialList(credentials: found)) }
        for credential in found {
            Terminal.standardOutput.line(
                "\(credential.id) \(credential.kind.rawValue) for \(credential.prefix) is forgotten")
        }
    }
}
