import ArgumentParser
import Model
import Server

/// The command `ocuroot repo remove`.
struct RepoRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Stop watching a repository.",
        discussion: """
            Refused while anything of the repository is deployed, unless you say what becomes of that: --destroy runs \
            the destroy function of each deployment, --orphan leaves it running and forgets it.

            EXAMPLES
              ocuroot repo remove acme/shop
              ocuroot repo remove o3 --destroy
            """)

    @Argument(help: "The repository's id, name or URL.")
    var repo: String

    @Flag(help: "Destroy what is deployed.")
    var destroy = false

    @Flag(help: "Leave what is deployed as it is, and forget it.")
    var orphan = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    func validate() throws {
        if destroy, orphan { throw ValidationError("Give either --destroy or --orphan.") }
    }

    mutating func run() async throws {
        let client = try APIClient(server.finder)
        let list: RepoList = try await client.get("/api/v1/repos")
        let url = RepoArgument.url(repo)
        guard let found = list.repos.first(where: { names(of: $0).contains(repo) || $0.url == url }) else {
            throw CommandError(
                "no watched repository is called '\(repo)'", hint: "'ocuroot repo list' shows what is watched")
        }
        let mode = destroy ? "destroy" : orphan ? "orphan" : "refuse"
        try await client.delete("/api/v1/repos/\(found.id)", ["mode": mode])
        if output.json { return try output.printJSON(found) }
        Terminal.standardOutput.line("\(found.id) \(found.displayName) is no longer watched")
    }

    private func names(of repo: Repo) -> [String] {
        ["\(repo.id)", repo.name?.rawValue, repo.url, repo.displayName.rawValue, "\(RepoURL.displayName(repo.url))"]
            .compactMap { $0 }
    }
}
