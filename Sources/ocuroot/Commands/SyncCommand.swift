import ArgumentParser
import Model
import Server
import Store

/// The command `ocuroot sync`.
struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Compare what should run with what runs, now; with --retry, try again what failed.",
        discussion: """
            Ocuroot does this by itself whenever something changes. What failed too often rests until something \
            changes or you ask with --retry.

            EXAMPLES
              ocuroot sync --retry
              ocuroot sync --retry api@production --wait
            """)

    @Argument(
        help: ArgumentHelp(
            "Only this package, or only it in one environment.", valueName: "[repo//]package[@environment]"))
    var placement: PlacementPattern?

    @Flag(help: "Try again what failed for good, builds too.")
    var retry = false

    @Flag(help: "Wait until nothing is left to do.")
    var wait = false

    @Option(help: ArgumentHelp("With --wait, for how long.", valueName: "span"))
    var timeout = DurationText(.seconds(300))

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let request = SyncRequest(
            repo: placement?.repo, package: placement?.package, environment: placement?.environment, retry: retry)
        let patience = Patience(wait ? timeout.duration : .zero)
        let reply: SyncReply = try await patience.run {
            try await client.post("/api/v1/sync", request, limit: patience.callLimit)
        }
        if output.json {
            try output.printJSON(reply)
        } else {
            let what = retry ? "tried again" : "looked at"
            Terminal.standardOutput.line("\(reply.count) \(reply.count == 1 ? "thing is" : "things are") \(what)")
        }
        guard wait else { return }
        let filter = StatusFilter(
            repo: placement?.repo, package: placement?.package, environment: placement?.environment)
        let settling = Settling(client: client, filter: filter, patience: patience)
        let verdict = SettlementVerdict(try await settling.run(refreshing: false))
        for line in verdict.lines { Terminal.standardError.line(line) }
        if verdict.status != .done { throw verdict.status }
    }
}
