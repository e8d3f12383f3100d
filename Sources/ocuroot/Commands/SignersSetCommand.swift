import ArgumentParser
import Cryptography
import Foundation
import Model
import Server

/// The command `ocuroot signers set`.
struct SignersSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Have only commits steer an environment that a listed key signed.",
        discussion: """
            The file is one of allowed signers, as ssh-keygen(1) describes it and git reads it: \
            PRINCIPALS [OPTIONS] TYPE KEY in each line. It takes the place of the one that the environment had. From \
            then on pins, holds and retries of that environment need a commit that one of its keys signed, also those \
            of commands, which take --commit.

            EXAMPLES
              ocuroot signers set production --file allowed_signers
              echo "ann@example.com $(cat ~/.ssh/id_ed25519.pub)" | ocuroot signers set 'prod*' --file -
            """)

    @Argument(help: "The environment; * is a glob.")
    var environment: String

    @Option(help: ArgumentHelp("The allowed signers; - is standard input.", valueName: "file"))
    var file: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let bytes = try SourceText.read(file)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError("\(file) is not text in UTF-8", hint: "give a file of allowed signers", status: .usage)
        }
        do throws(CryptographyError) {
            _ = try AllowedSigners(text: text)
        } catch {
            throw CommandError(
                "\(file): \(error.subject): \(error.cause)", hint: "nothing was changed; see ssh-keygen(1)",
                status: .usage)
        }
        let request = SignersRequest(environment: environment, text: text, by: Surroundings.current.userName)
        let list: SignerList = try await APIClient(server.finder).post("/api/v1/signers", request)
        if output.json { return try output.printJSON(list) }
        let keys = list.keys == 1 ? "a key" : "one of \(list.keys) keys"
        Terminal.standardOutput.line("only commits that \(keys) signed steer '\(list.environment)' from now on")
        if list.covers.isEmpty {
            Terminal.standardError.line("note: there is no such environment yet")
        } else if NameGlob(list.environment).isExact == false {
            Terminal.standardOutput.line("it covers \(list.covers.map(\.rawValue).joined(separator: ", "))")
        }
    }
}
