import ArgumentParser
import Model
import Server
import Store

/// The command `ocuroot log`.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show what happened, or what a build or deployment printed.",
        discussion: """
            Without an argument: the latest events. With a package, the log of its newest run; with an environment \
            behind it, of its newest deploy there; with the id of a run or of a build, that one's.

            EXAMPLES
              ocuroot log
              ocuroot log --follow
              ocuroot log api
              ocuroot log api@production --follow
              ocuroot log r31
            """)

    @Argument(
        help: ArgumentHelp(
            "A package, an environment of it, a run's id or a build's id.",
            valueName: "[repo//]package[@environment]|run|build"))
    var subject: String?

    @Flag(name: .shortAndLong, help: "Go on as more comes.")
    var follow = false

    @Option(name: .shortAndLong, help: "How many events to show.")
    var limit = 50

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if !(1...1000).contains(limit) { throw ValidationError("--limit is a number from 1 to 1000.") }
    }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        if let subject {
            try await showSteering(of: subject, client)
            let run = try await RunFinder(client: client).run(for: subject)
            try await RunLogOutput(client: client, run: run, isFollowing: follow, isJSON: output.json).print(output)
        } else {
            try await EventOutput(client: client, isFollowing: follow, limit: limit).print(output)
        }
    }

    /// Says on standard error what a package is pinned to, or held by, before the log of its newest run.
    private func showSteering(of subject: String, _ client: APIClient) async throws {
        guard RunID(subject) == nil, BuildID(subject) == nil, let pattern = PlacementPattern(subject) else { return }
        let filter = StatusFilter(repo: pattern.repo, package: pattern.package, environment: pattern.environment)
        // A name that was never here is told of where its runs are looked for.
        guard let report: StatusReport = try? await client.get("/api/v1/status", filter.query) else { return }
        for element in report.packages {
            for sentence in [element.pin?.sentence, element.hold?.sentence].compactMap({ $0 }) {
                Terminal.standardError.line("\(element.package)@\(element.environment) is \(sentence)")
            }
        }
    }
}
