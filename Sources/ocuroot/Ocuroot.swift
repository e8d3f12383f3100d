import ArgumentParser

/// The one binary: every command hangs below this one.
@main
struct Ocuroot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ocuroot",
        abstract: "Delivers what you commit: builds, promotes and deploys from git.",
        discussion: """
            Start with 'ocuroot up --repo URL': it watches the repository, and each commit becomes builds and \
            deployments. 'ocuroot status' then says what runs where, and why.
            """,
        version: Version.text,
        subcommands: [VersionCommand.self],
        groupedSubcommands: [
            CommandGroup(name: "Serve", subcommands: [UpCommand.self, ServerCommand.self]),
            CommandGroup(name: "Look", subcommands: [StatusCommand.self, LogCommand.self]),
            CommandGroup(
                name: "Act",
                subcommands: [
                    RepoCommand.self, WebhookCommand.self, NotifyCommand.self, DeliverCommand.self, SyncCommand.self,
                    RunCommand.self,
                ]),
            CommandGroup(
                name: "Steer",
                subcommands: [
                    PinCommand.self, UnpinCommand.self, HoldCommand.self, ResumeCommand.self, AnnotateCommand.self,
                    SignersCommand.self,
                ]),
            CommandGroup(name: "Manage", subcommands: [AuthCommand.self]),
            CommandGroup(name: "Try", subcommands: [ReplCommand.self, StarlarkCommand.self]),
        ]
    )

    /// Parses, runs and ends with 0, 1 or 2, or what the command asks for.
    static func main() async {
        do {
            let command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                var command = command
                try command.run()
            }
        } catch {
            Exit.end(with: error)
        }
    }
}
