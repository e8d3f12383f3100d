import ArgumentParser
import Model
import Server

/// The command `ocuroot deliver`.
struct DeliverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver",
        abstract: "Deliver the commit that is checked out here, uncommitted changes included.",
        discussion: """
            For a CI job, or to try something by hand: what git would push is delivered as it is in this checkout. \
            The commit must have been pushed; uncommitted changes go along as a patch.

            Waits for the builds and prints them; 1 is the exit code when one failed or was superseded.

            EXAMPLES
              ocuroot deliver
              ocuroot deliver --ref main --message "try the new cache"
              ocuroot deliver --no-wait --json
            """)

    @Option(help: "The watched repository: its id, name or URL; the one whose URL a remote of this checkout has.")
    var repo: String?

    @Option(help: "The branch that it counts as a move of; the one that is checked out.")
    var ref: String?

    @Option(help: "What it does; the commit's message unless given.")
    var message: String?

    @Flag(inversion: .prefixedNo, help: "Wait for the builds.")
    var wait = true

    @Option(help: ArgumentHelp("How long to wait.", valueName: "span"))
    var timeout = DurationText(.seconds(1800))

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let request = try await LocalChange(client: client, repo: repo, ref: ref, message: message).request()
        let change: Change = try await client.post("/api/v1/changes", request)
        let delivery = DeliveryOutput(client: client, change: change)
        let report = try await wait ? delivery.awaitBuilds(Patience(timeout.duration)) : delivery.now()
        try delivery.show(report, output)
        DeliveryOutput.complain(report, isWaiting: wait)
        let status = DeliveryOutput.status(of: report, isWaiting: wait)
        if status != .done { throw status }
    }
}
