import ArgumentParser
import Model
import Server

/// The command `ocuroot repo list`.
struct RepoListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the watched repositories.",
        discussion: """
            Below each are the branches that have an environment of their own.

            EXAMPLES
              ocuroot repo list
              ocuroot repo list --json
            """)

    @OptionGroup var output: OutputOptions
    @OptionGroup var server: ServerOptions

    mutating func run() async throws {
        let list: RepoList = try await APIClient(server.finder).get("/api/v1/repos")
        if output.json { return try output.printJSON(list) }
        let terminal = Terminal.standardOutput
        if list.repos.isEmpty {
            terminal.line("no repository is watched; add one with 'ocuroot repo add URL'")
            return
        }
        var table = TextTable(["ID", "NAME", "URL", "REFS", "STATE"])
        for repo in list.repos {
            table.append([
                .init("\(repo.id)"), .init(repo.displayName.rawValue), .init(repo.url),
                .init(RepoArgument.shown(repo.refs)), state(of: repo),
            ])
            for preview in repo.previews {
                table.append([
                    .init("\(preview.id)"), .init("  \(preview.environment)"), .init(""), .init(preview.ref.branch),
                    preview.error.map(Self.failure) ?? .init("preview", .green),
                ])
            }
        }
        terminal.show(table)
    }

    private func state(of repo: Repo) -> TextTable.Cell {
        if let error = repo.error { return Self.failure(error) }
        return repo.lookedAt == nil ? .init("not looked at yet", .dim) : .init("watched", .green)
    }

    private static func failure(_ error: String) -> TextTable.Cell {
        .init("error: \(ReasonLine.text(of: error))", .red)
    }
}
