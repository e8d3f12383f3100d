import ArgumentParser

/// The command `ocuroot auth`.
struct AuthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "auth",
        abstract: "Keep credentials for repositories.",
        subcommands: [
            AuthAddCommand.self, AuthListCommand.self, AuthShowCommand.self, AuthTestCommand.self,
            AuthRemoveCommand.self,
        ])
}
