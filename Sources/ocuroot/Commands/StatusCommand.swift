import ArgumentParser
import Model
import Server
import Store

/// The command `ocuroot status`.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what runs where, and why.",
        discussion: """
            Prints a row for each package and environment: its state, the build that is deployed, the build that \
            should be, and the reason. What is not well is told in full on standard error.

            With --wait it first has every repository looked at, then waits until nothing is left to do, and prints \
            the table. The exit code is then 0 if all is synced or waiting on a policy, 1 if something failed or is \
            blocked, and 3 if the time was up, also when no server answered until then.

            EXAMPLES
              ocuroot status
              ocuroot status --wait --timeout 60s
              ocuroot status --package api --environment production --json
            """)

    @Flag(help: "Wait until nothing is left to do.")
    var wait = false

    @Option(help: ArgumentHelp("With --wait, for how long, such as 60s or 5m.", valueName: "span"))
    var timeout = DurationText(.seconds(300))

    @Option(help: "Only this repository: its id, name or URL.")
    var repo: String?

    @Option(help: "Only this package.")
    var package: String?

    @Option(help: "Only this environment.")
    var environment: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let filter = StatusFilter(repo: repo, package: package, environment: environment)
        let client = try APIClient(server.finder)
        let patience = Patience(wait ? timeout.duration : .zero)
        var verdict: SettlementVerdict?
        if wait {
            let settling = Settling(client: client, filter: filter, patience: patience)
            verdict = SettlementVerdict(try await settling.run(refreshing: true))
        }
        do {
            let details = try await details(client, filter)
            try show(details)
            complain(verdict?.lines ?? SettlementVerdict.lines(notWell: details.failures))
        } catch let error as CommandError {
            complain(verdict?.lines ?? [])
            throw error
        }
        if let verdict, verdict.status != .done { throw verdict.status }
    }

    private func details(_ client: APIClient, _ filter: StatusFilter) async throws -> StatusDetails {
        var query = filter.query
        query["details"] = "true"
        let complete = query
        return try await Patience(wait ? .seconds(10) : .zero).run {
            try await client.get("/api/v1/status", complete, limit: wait ? .seconds(12) : nil)
        }
    }

    private func complain(_ lines: [String]) {
        for line in lines { Terminal.standardError.line(line) }
    }

    private func show(_ details: StatusDetails) throws {
        let report = details.report
        if output.json { return try output.printJSON(report) }
        let terminal = Terminal.standardOutput
        if report.packages.isEmpty {
            terminal.line("nothing is delivered here yet; 'ocuroot repo list' shows what is watched")
            return
        }
        terminal.show(StatusTable.table(of: report, patched: details.patchedBuilds))
    }
}
