import ArgumentParser

/// The command `ocuroot signers`.
struct SignersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signers",
        abstract: "Say whose signed commits alone steer an environment.",
        subcommands: [
            SignersSetCommand.self, SignersListCommand.self, SignersShowCommand.self, SignersRemoveCommand.self,
        ])
}
