import ArgumentParser
import Foundation
import GitHosts
import HTTPClient
import Model

/// Webhooks accepted a second, beside pgbench's single-row inserts into the same database, in turn.
struct WebhookBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks", abstract: "Webhooks accepted a second, and their latency at half that load.")

    @Flag(help: "Print one JSON object.")
    var json = false

    @Option(help: "How often each is measured.")
    var rounds = 3

    @Option(help: "How long each is measured, in seconds.")
    var seconds = 5.0

    @Option(help: "How many connections send at once; also measured with a quarter of them.")
    var connections = 64

    @Option(help: "The ocuroot binary.")
    var binary: String

    @Option(help: "How libpq connects to a database that is durable and may be written to.")
    var database: String

    @Option(help: "The pgbench program.")
    var pgbench: String

    func run() async throws {
        let root = NSTemporaryDirectory() + "ocuroot-bench-" + UUID().uuidString.prefix(8)
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let repository = try LatencyRepository(root: root)
        try repository.moveRef(to: try repository.commit(0))
        let peer = try SingleRowInserts(pgbench: pgbench, database: database, root: root)
        let server = try await WebhookServer(binary: binary, root: root, database: database)
        defer { server.stop() }
        let load = try await server.load(repository: repository.url)
        // Warms up connections, caches and the allocator.
        _ = try load.run(seconds: 2, connections: connections, rate: nil)
        let before = server.residentMebibytes
        let few = max(1, connections / 4)
        var (rates, peers) = ([Int: [Double]](), [Int: [Double]]())
        for _ in 0..<rounds {
            for count in [few, connections] {
                peers[count, default: []].append(try peer.rate(seconds: seconds, clients: count))
                rates[count, default: []].append(try load.run(seconds: seconds, connections: count, rate: nil).rate)
            }
        }
        let half = try load.run(
            seconds: seconds * 2, connections: connections, rate: (rates[connections] ?? []).median / 2)
        let after = server.residentMebibytes
        let kept = try peer.newestID(of: "webhook_delivery")
        guard kept >= load.accepted else {
            throw BenchError("\(load.accepted) deliveries were accepted and \(kept) were written")
        }
        let row = { (count: Int) in
            BenchRow(
                "webhooks accepted over \(count) connections", ours: rates[count] ?? [], peer: peers[count] ?? [],
                unit: "a second")
        }
        try BenchReport(rows: [
            row(connections),
            row(few),
            BenchRow("sent at half that load", ours: [half.rate], peer: [], unit: "a second"),
            BenchRow("  answered after, p50", ours: [half.quantile(0.5)], peer: [], unit: "ms"),
            BenchRow("  answered after, p99", ours: [half.quantile(0.99)], peer: [], unit: "ms"),
            BenchRow("server's memory at the beginning", ours: [before], peer: [], unit: "MiB"),
            BenchRow("server's memory at the end", ours: [after], peer: [], unit: "MiB"),
            BenchRow("deliveries written", ours: [Double(kept)], peer: [], unit: ""),
        ]).print(asJSON: json, peer: "pgbench, one row an INSERT, as many clients")
    }
}
