import ArgumentParser
import Model

/// The command `ocuroot resume`.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "End a hold: what waited is deployed.",
        discussion: """
            EXAMPLES
              ocuroot resume api@production
              ocuroot resume '*@production' --commit
            """)

    @Argument(help: ArgumentHelp("What is on hold; * is a glob.", valueName: "[repo//]package[@environment]"))
    var placements: [String]

    @Option(help: "Why; the log shows it.")
    var reason: String?

    @OptionGroup var options: SteeringOptions

    mutating func run() async throws {
        try await options.run(
            .resume, placements, reason: reason, subject: "Resume \(placements.joined(separator: ", "))")
    }
}
