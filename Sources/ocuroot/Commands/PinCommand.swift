import ArgumentParser
import Model

/// The command `ocuroot pin`.
struct PinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Have an environment run one build, whatever the policy says.",
        discussion: """
            The build is named by its number, its alias, its id or its commit, as 'ocuroot status' and 'ocuroot log' \
            show them. It is deployed at once, and nothing takes its place until 'ocuroot unpin'.

            EXAMPLES
              ocuroot pin api@production 11 --reason "checkout is slow since 12"
              ocuroot pin 'api@*' 9d3f0c12
              ocuroot pin api@production 11 --commit
            """)

    @Argument(
        help: ArgumentHelp("A package and its environments; * is a glob.", valueName: "[repo//]package@environment"))
    var placement: String

    @Argument(help: "The build: 11, its alias, b41, or its commit.")
    var build: String

    @Option(help: "Why; status shows it.")
    var reason: String?

    @OptionGroup var options: SteeringOptions

    mutating func run() async throws {
        try await options.run(
            .pin, ["\(placement)=\(build)"], reason: reason, subject: "Pin \(placement) to build \(build)")
    }
}
