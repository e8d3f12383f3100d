import ArgumentParser

/// The part of the affected benchmark that is measured as a whole process.
struct AffectedColdStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "affected-cold", abstract: "Finds and evaluates every package file of a commit.",
        shouldDisplay: false)

    @Argument var repository: String
    @Argument var commit: String
    @Argument var packages: Int

    func run() async throws {
        let working = try await AffectedWorking(repository: repository, commit: commit)
        guard working.packageCount == packages else {
            throw BenchError("found \(working.packageCount) packages in place of \(packages)")
        }
    }
}
