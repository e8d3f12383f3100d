import ArgumentParser

/// Measures Ocuroot against what its users would do by hand; `hack/bench` runs it on a release build.
@main
struct OcurootBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ocuroot-bench",
        abstract: "Measures Ocuroot beside its peers, interleaved in one run.",
        subcommands: [
            AffectedBench.self, AffectedColdStart.self, LatencyBench.self, StarlarkBench.self, WebhookBench.self,
        ]
    )
}
