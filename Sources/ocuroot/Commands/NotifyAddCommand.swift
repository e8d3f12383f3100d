import ArgumentParser
import Model
import Server

/// The command `ocuroot notify add`.
struct NotifyAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Tell somebody what happens from now on.",
        discussion: """
            --status sets the statuses of a repository's commits at its git host, 'ocuroot/PACKAGE' for the build and \
            'ocuroot/PACKAGE@ENVIRONMENT' for each environment; --deployments tells GitHub of deployments. Both need a \
            token of the host that may do so, or a password or GitHub App that 'ocuroot auth' keeps for the repository. \
            --slack posts one line to a chat's incoming webhook, --webhook signed JSON \
            to a program. Their URLs are secrets, and others on this machine can see arguments: give '-' to have them \
            read from standard input. The key with which a program checks the signatures is printed this once.

            EXAMPLES
              ocuroot notify add --status acme/shop --token-stdin < token
              ocuroot notify add --deployments acme/shop
              ocuroot notify add --slack - --environment 'prod*' < url
              ocuroot notify add --webhook https://ci.example.com/hook --on 'deployment.*'
            """)

    @Option(help: ArgumentHelp("Set the statuses of this repository's commits.", valueName: "repo"))
    var status: String?

    @Option(help: ArgumentHelp("Tell this repository's git host of deployments.", valueName: "repo"))
    var deployments: String?

    @Option(
        help: ArgumentHelp(
            "Post to this incoming webhook of Slack, or of a chat that takes the same; - reads its URL.",
            valueName: "url"))
    var slack: String?

    @Option(help: ArgumentHelp("Post signed events to this address; - reads it.", valueName: "url"))
    var webhook: String?

    @OptionGroup var password: TokenOptions

    @Option(help: "The kind of git host, where the repository's URL does not tell: \(GitHost.names).")
    var host: GitHost?

    @OptionGroup var place: HostPlaceOptions

    @Option(help: ArgumentHelp("With --slack and --webhook, only of this repository.", valueName: "repo"))
    var repo: String?

    @Option(help: ArgumentHelp("Kinds of events, such as 'deployment.failed,build.*'.", valueName: "kind,…"))
    var on: [String] = []

    @Option(help: ArgumentHelp("Only packages whose name fits.", valueName: "glob"))
    var package: String?

    @Option(help: ArgumentHelp("Only environments whose name fits.", valueName: "glob"))
    var environment: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if [status, deployments, slack, webhook].count(where: { $0 != nil }) != 1 {
            throw ValidationError("Give one of --status, --deployments, --slack and --webhook.")
        }
        let isHost = status != nil || deployments != nil
        if !isHost, password.isGiven || host != nil || place.isGiven {
            throw ValidationError("A token, --host, --api and --project are for --status and --deployments.")
        }
        if isHost, repo != nil || !on.isEmpty {
            throw ValidationError("--repo and --on are for --slack and --webhook.")
        }
    }

    mutating func run() async throws {
        let reply: NoticeTargetReply = try await APIClient(server.finder).post(
            "/api/v1/notify/targets", try request(), as: NoticeTargetReply.self)
        if output.json { return try output.printJSON(reply) }
        let terminal = Terminal.standardOutput
        terminal.line("\(reply.target.id) \(NotifyOutput.sentence(reply.target))")
        if let secret = reply.secret { terminal.line("signed with \(secret), which is not shown again") }
        terminal.line("try it with 'ocuroot notify test \(reply.target.id)'")
    }

    private func request() throws -> NoticeTargetRequest {
        var request = NoticeTargetRequest(service)
        request.repo = (status ?? deployments ?? repo).map(RepoArgument.url)
        request.host = host
        request.api = place.api
        request.project = place.project
        request.package = package
        request.environment = environment
        let kinds = on.flatMap { $0.split(separator: ",").map(String.init) }
        request.on = kinds.isEmpty ? nil : kinds
        request.token = try password.token()
        let url = slack ?? webhook
        let input = SecretInput(isStandardInput: url == "-", file: nil, variable: nil, what: "the URL")
        request.url = try input.read() ?? url
        return request
    }

    private var service: NoticeTargetRequest.Service {
        if status != nil { return .status }
        if deployments != nil { return .deployments }
        return slack != nil ? .slack : .webhook
    }
}
