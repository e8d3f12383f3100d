import ArgumentParser
import Foundation
import Model
import Runner

/// The command `ocuroot run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Execute one build or deployment here: what every runner does.",
        discussion: """
            Fetches what the run needs, checks the commit out, calls the package's function, streams its log and \
            posts the result. A run can be taken once: with the token in OCUROOT_RUN_TOKEN that the server made for \
            it, or with the API key.

            EXAMPLES
              ocuroot run r31
              OCUROOT_RUN_TOKEN=… ocuroot run r31 --server https://ocuroot.example.com
            """)

    @Argument(help: "The run's id, such as r31.")
    var id: String

    @Option(help: ArgumentHelp("Where bare copies of the repositories are; read, never changed.", valueName: "dir"))
    var mirrors: String?

    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        guard let run = RunID(id) else {
            throw CommandError(
                "'\(id)' is not a run's id", hint: "it looks like r31; 'ocuroot log' names them", status: .usage)
        }
        let result = try await LocalRun(run: run, options: server, mirrors: mirrors).result()
        guard let error = result.error else { return }
        throw CommandError("\(run) failed: \(error)", hint: "'ocuroot log \(run)' shows what it printed")
    }
}
