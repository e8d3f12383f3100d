import ArgumentParser
import Model
import Server

/// The command `ocuroot auth show`.
struct AuthShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what may be seen of a credential.",
        discussion: """
            EXAMPLES
              ocuroot auth show k3
              ocuroot auth show https://git.acme.com/
            """)

    @Argument(help: "The credential's id, or the URL that it is kept for.")
    var credential: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let found = try await CredentialArgument.find(credential, kind: nil, try APIClient(server.finder))
        if output.json { return try output.printJSON(CredentialList(credentials: found)) }
        for credential in found {
            var lines = [("id", "\(credential.id)"), ("prefix", credential.prefix), ("kind", credential.kind.rawValue)]
            lines += credential.facts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
            lines.append(("kept", "\(JSONText.time(credential.updatedAt)) by \(credential.updatedBy)"))
            lines.append(("used", credential.usedAt.map(JSONText.time) ?? "never"))
            if let error = credential.error { lines.append(("error", error)) }
            for (name, value) in lines {
                let gap = String(repeating: " ", count: max(1, 13 - name.count))
                Terminal.standardOutput.line("\(name):\(gap)\(value)")
            }
        }
    }
}
