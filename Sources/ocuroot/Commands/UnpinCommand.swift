import ArgumentParser
import Model

/// The command `ocuroot unpin`.
struct UnpinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpin",
        abstract: "Leave the choice of the build to the policy again.",
        discussion: """
            EXAMPLES
              ocuroot unpin api@production
              ocuroot unpin '*@production' --commit
            """)

    @Argument(help: ArgumentHelp("What is pinned; * is a glob.", valueName: "[repo//]package[@environment]"))
    var placements: [String]

    @Option(help: "Why; the log shows it.")
    var reason: String?

    @OptionGroup var options: SteeringOptions

    mutating func run() async throws {
        try await options.run(
            .unpin, placements, reason: reason, subject: "Unpin \(placements.joined(separator: ", "))")
    }
}
