import ArgumentParser
import Logging

/// What `up` and `server` have in common.
struct ServeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Where to listen; port 0 picks one.", valueName: "host:port"))
    var listen = ListenAddress.standard

    @Option(
        parsing: .upToNextOption, help: ArgumentHelp("Repositories to watch, if they are not yet.", valueName: "url"))
    var repo: [String] = []

    @Option(
        help: ArgumentHelp("The pause between two looks at a repository nobody announced a push to.", valueName: "span")
    )
    var poll = DurationText(.seconds(30))

    @Option(help: ArgumentHelp("How many builds and deployments run at once on this machine.", valueName: "n"))
    var runners = 4

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Environment variables that policies may read with env.get.", valueName: "name"))
    var policyEnv: [String] = []

    @Option(
        help: ArgumentHelp("How long running builds and deployments may take to end at shutdown.", valueName: "span"))
    var drain = DurationText(.seconds(20))

    @Option(
        help: ArgumentHelp(
            "Holds the master keys under which secrets are stored, one a line, the newest first.", valueName: "file"))
    var masterKeyFile: String?

    @Option(
        help: ArgumentHelp(
            "Where git hosts reach this server, such as https://ci.example.com; the address it listens on unless given.",
            valueName: "url"))
    var publicUrl: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Addresses of proxies whose X-Forwarded-For is believed.", valueName: "address"))
    var trustedProxy: [String] = []

    @Option(
        help: ArgumentHelp(
            "How many webhook deliveries a second are taken from one address, and for one repository.", valueName: "n"))
    var webhookRate = 100

    @Option(help: ArgumentHelp("What is logged: trace, debug, info, notice, warning, error.", valueName: "level"))
    var logLevel = Logger.Level.info

    @Option(help: ArgumentHelp("How log lines look: text or json.", valueName: "format"))
    var logFormat = LogFormat.text

    func validate() throws {
        if !(1...256).contains(runners) { throw ValidationError("--runners is a number from 1 to 256.") }
        if !(1...1_000_000).contains(webhookRate) {
            throw ValidationError("--webhook-rate is a number from 1 to 1000000.")
        }
        if let publicUrl, !publicUrl.hasPrefix("http://"), !publicUrl.hasPrefix("https://") {
            throw ValidationError("--public-url begins with http:// or https://.")
        }
        if poll.duration < .milliseconds(100) { throw ValidationError("--poll is at least 100ms.") }
    }

    /// Makes every logger of this process write as the options say; called once.
    func bootstrapLogging() {
        let level = logLevel
        let format = logFormat
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level, format: format) }
    }
}
