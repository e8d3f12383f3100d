import ArgumentParser
import Model
import Server

/// The command `ocuroot auth test`.
struct AuthTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Read the refs of a repository with what is kept for it.",
        discussion: """
            The server does it, and says which credentials it used. The exit code is 1 when the refs cannot be read.

            EXAMPLES
              ocuroot auth test https://git.acme.com/team/shop.git
            """)

    @Argument(help: "The URL of a repository.")
    var url: String

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let report: RemoteReport = try await APIClient(server.finder).post(
            "/api/v1/credentials/test", RemoteRequest(url: url))
        if output.json {
            try output.printJSON(report)
            if !report.isReadable { throw ExitStatus.failed }
            return
        }
        let used = report.credentials.map { "\($0.id) \($0.kind.rawValue) of \($0.prefix)" }
        let means = used.isEmpty ? "no kept credential" : used.joined(separator: ", ")
        guard report.isReadable else {
            throw CommandError(report.error ?? "it cannot be read", hint: "used: \(means)")
        }
        Terminal.standardOutput.line("\(report.url) can be read, with \(means)")
    }
}
