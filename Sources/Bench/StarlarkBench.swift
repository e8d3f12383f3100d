import ArgumentParser
import Foundation

/// Our Starlark beside others: programs, parsing, and many small package files.
struct StarlarkBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "starlark", abstract: "Starlark programs beside starlark-rust, starlark-go and CPython.")

    @Flag(help: "Print one JSON object.")
    var json = false

    @Flag(help: "Compare the processors' time instead of the time on the wall: for a machine that has other work.")
    var cpu = false

    @Option(help: "How many times each program is run; the medians count.")
    var runs = 5

    @Option(help: "Only the rows whose name has this text.")
    var only: String?

    @Option(help: "The directory of the programs.")
    var programs: String

    @Option(help: "Our command, with blanks between its words.")
    var ours: String

    @Option(help: "starlark-rust's command.")
    var rust: String

    @Option(help: "starlark-go's command.")
    var go: String

    @Option(help: "CPython's command.")
    var python: String

    func validate() throws {
        guard runs > 0 else { throw ValidationError("--runs must be at least 1") }
    }

    func run() async throws {
        let root = NSTemporaryDirectory() + "ocuroot-bench-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let contestants = [
            StarlarkContestant(name: "ours", command: ours),
            StarlarkContestant(name: "starlark-rust", command: rust, loadsTarget: true),
            StarlarkContestant(name: "starlark-go", command: go),
            StarlarkContestant(name: "CPython", command: python),
        ]
        let race = StarlarkRace(contestants: contestants, runs: runs, countsCPU: cpu)
        let sources = try StarlarkSources(root: root, programs: programs)
        let starts = try race.run(sources.empty)
        var results: [StarlarkResult] = []
        for program in sources.rows where only.map(program.name.contains) ?? true {
            FileHandle.standardError.write(Data("\(program.name)\n".utf8))
            results.append(StarlarkResult(program.name, try race.run(program), starts: starts))
        }
        guard !results.isEmpty else { throw BenchError("no row's name has the text \(only ?? "")") }
        try StarlarkReport(starts: starts, results: results, countsCPU: cpu).print(asJSON: json)
    }
}
