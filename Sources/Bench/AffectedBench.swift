import ArgumentParser
import Config
import Foundation
import Git
import Model
import Repositories

/// Affected packages of a 20-file push in a repository of 100,000 files, beside git itself.
struct AffectedBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "affected", abstract: "Affected packages of a push, and a cold start, beside git.")

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: "How many packages, of 20 files each.")
    var packages = 5_000

    @Option(help: "How many runs the medians are taken of.")
    var runs = 5

    func run() async throws {
        let root = NSTemporaryDirectory() + "ocuroot-bench-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let repository = try SyntheticRepository.make(at: root + "/repo.git", packages: packages, pushes: runs + 1)
        let warm = try await measureWarm(repository)
        let cold = try measureCold(repository)
        let report = BenchReport(rows: [
            BenchRow("affected packages of a 20-file push, warm", ours: warm.ours, peer: warm.peer, unit: "ms"),
            BenchRow("cold start, every package file evaluated", ours: cold.ours, peer: cold.peer, unit: "s"),
            BenchRow("peak memory of the cold start", ours: cold.oursMemory, peer: cold.peerMemory, unit: "MiB"),
        ])
        try report.print(
            asJSON: json, peer: "git diff-tree -r --name-only; git reading the same package files from the same commit")
    }

    /// Our look-up in a process that knows the repository, and git's diff-tree as a process, in turn.
    private func measureWarm(_ repository: SyntheticRepository) async throws -> (ours: [Double], peer: [Double]) {
        let working = try await AffectedWorking(repository: repository.path, commit: repository.commits[0])
        var ours: [Double] = []
        var peer: [Double] = []
        for push in 1..<repository.commits.count {
            let clock = ContinuousClock()
            let start = clock.now
            let affected = try await working.affected(
                from: repository.commits[push - 1], to: repository.commits[push])
            let elapsed = (clock.now - start).seconds * 1_000
            guard affected.count == 20 else { throw BenchError("found \(affected.count) packages in place of 20") }
            let git = try MeasuredProcess.run(
                "git",
                [
                    "--git-dir", repository.path, "diff-tree", "-r", "--name-only", repository.commits[push - 1],
                    repository.commits[push],
                ])
            guard push > 1 else { continue }
            ours.append(elapsed)
            peer.append(git.wallSeconds * 1_000)
        }
        return (ours, peer)
    }

    /// Our whole cold start as a process, and git reading the same files as processes, in turn.
    private func measureCold(
        _ repository: SyntheticRepository
    ) throws -> (ours: [Double], peer: [Double], oursMemory: [Double], peerMemory: [Double]) {
        let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let script = """
            git --git-dir "$0" ls-tree -r --format='%(objectname) %(path)' main | grep 'package.ocu.star$' | cut -c1-40 |
            git --git-dir "$0" cat-file --batch | wc -c
            """
        var ours: [MeasuredProcess] = []
        var peer: [MeasuredProcess] = []
        for _ in 0..<runs {
            ours.append(
                try MeasuredProcess.run(
                    executable, ["affected-cold", repository.path, repository.commits[0], "\(packages)"]))
            peer.append(try MeasuredProcess.run("sh", ["-c", script, repository.path]))
        }
        return (
            ours.map(\.wallSeconds), peer.map(\.wallSeconds), ours.map(\.peakMebibytes), peer.map(\.peakMebibytes)
        )
    }
}
