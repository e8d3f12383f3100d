import ArgumentParser
import Foundation
import HTTPClient
import Model

/// From a moved and announced ref to the first line of the build, beside a minimal post-receive script.
struct LatencyBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "latency", abstract: "From an announced push to the first line of its build.")

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: "How many pushes are measured.")
    var pushes = 100

    @Option(help: "The ocuroot binary.")
    var binary: String

    func run() async throws {
        let root = NSTemporaryDirectory() + "ocuroot-bench-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let repository = try LatencyRepository(root: root)
        let server = try await LatencyServer(binary: binary, root: root, repository: repository.url)
        defer { server.stop() }
        var ours: [Double] = []
        var peer: [Double] = []
        for push in 0...pushes {
            let commit = try repository.commit(push)
            try repository.moveRef(to: commit)
            let start = Date().timeIntervalSince1970
            try await server.announce()
            let stamp = try await repository.stamp(of: push)
            let script = try repository.runScript(commit)
            // The first push warms both up: worktree, connections, caches.
            guard push > 0 else { continue }
            ours.append((stamp - start) * 1_000)
            peer.append(script * 1_000)
            try await server.waitUntilIdle()
        }
        try BenchReport(rows: [
            BenchRow(
                "announced push to first line of build, p50", ours: [ours.quantile(0.5)], peer: [peer.quantile(0.5)],
                unit: "ms"),
            BenchRow(
                "announced push to first line of build, p99", ours: [ours.quantile(0.99)], peer: [peer.quantile(0.99)],
                unit: "ms"),
        ]).print(asJSON: json, peer: "git fetch, git checkout and sh, as a post-receive script would")
    }
}
