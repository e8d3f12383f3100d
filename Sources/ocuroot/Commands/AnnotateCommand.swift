import ArgumentParser
import Model

/// The command `ocuroot annotate`.
struct AnnotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate",
        abstract: "Say something of a build that policies can read.",
        discussion: """
            A policy finds it as text in ctx.build.annotations, and is asked again at once.

            EXAMPLES
              ocuroot annotate api@12 tested=yes
              ocuroot annotate api@v1.4 approved=ann note="fine by me" --commit
            """)

    @Argument(help: ArgumentHelp("A package and its build.", valueName: "[repo//]package@build"))
    var build: String

    @Argument(help: ArgumentHelp("What is said of it.", valueName: "key=value"))
    var annotations: [String]

    @OptionGroup var options: SteeringOptions

    mutating func run() async throws {
        try await options.run(
            .annotate, annotations.map { "\(build) \($0)" }, reason: nil, subject: "Annotate \(build)")
    }
}
