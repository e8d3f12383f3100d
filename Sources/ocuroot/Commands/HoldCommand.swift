import ArgumentParser
import Model

/// The command `ocuroot hold`.
struct HoldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keep things as they are: nothing is deployed or destroyed there until 'ocuroot resume'.",
        discussion: """
            What runs stays, what comes newer waits, and packages and environments that fit the pattern and come later \
            are held, too. A pin still acts.

            EXAMPLES
              ocuroot hold api@production --reason "the database is being moved"
              ocuroot hold '*@production' --reason holidays
              ocuroot hold '*@production' --commit
            """)

    @Argument(help: ArgumentHelp("What is held; * is a glob.", valueName: "[repo//]package[@environment]"))
    var placements: [String]

    @Option(help: "Why; status shows it.")
    var reason: String?

    @OptionGroup var options: SteeringOptions

    mutating func run() async throws {
        try await options.run(
            .hold, placements, reason: reason, subject: "Hold \(placements.joined(separator: ", "))")
    }
}
