import ArgumentParser
import Model
import Server

/// The command `ocuroot repo add`.
struct RepoAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Watch a git repository.",
        discussion: """
            The URL may be file://, https:// or ssh://, user@host:path, or a directory on this machine. The server \
            reads its refs first, so that a mistyped URL is refused.

            EXAMPLES
              ocuroot repo add https://github.com/acme/shop.git
              ocuroot repo add . --ref main --ref release
            """)

    @Argument(help: "Where the repository is fetched from.")
    var url: String

    @Option(help: "A branch to deliver; the remote's default branch unless given. May be repeated.")
    var ref: [String] = []

    @Flag(help: "Add it even if it cannot be read right now.")
    var force = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let request = RepoRequest(
            url: RepoArgument.url(url), refs: ref.map(RepoArgument.ref), force: force ? true : nil)
        let repo: Repo = try await APIClient(server.finder).post("/api/v1/repos", request)
        if output.json { return try output.printJSON(repo) }
        Terminal.standardOutput.line("\(repo.id) \(repo.displayName) is watched")
    }
}
