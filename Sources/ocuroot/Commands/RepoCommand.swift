import ArgumentParser

/// The command `ocuroot repo`.
struct RepoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repo",
        abstract: "Add, list, change and remove watched repositories.",
        subcommands: [RepoAddCommand.self, RepoListCommand.self, RepoSetCommand.self, RepoRemoveCommand.self])
}
