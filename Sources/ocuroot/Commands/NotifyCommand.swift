import ArgumentParser

/// The command `ocuroot notify`.
struct NotifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notify",
        abstract: "Have git hosts, chats and programs told what happens.",
        subcommands: [
            NotifyAddCommand.self, NotifyListCommand.self, NotifyShowCommand.self, NotifyTestCommand.self,
            NotifyRetryCommand.self, NotifyRemoveCommand.self,
        ])
}
