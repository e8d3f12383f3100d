import ArgumentParser

/// The one binary: every command hangs below this one.
@main
struct Ocuroot: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ocuroot",
        abstract: "Delivers what you commit: builds, promotes and deploys from git."
    )
}
