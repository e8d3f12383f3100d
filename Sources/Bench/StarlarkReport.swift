import Foundation

/// The table of the Starlark benchmark, or its JSON object.
struct StarlarkReport: Encodable {
    /// The lines.
    let rows: [StarlarkResult]
    /// Seconds that each implementation takes to start and end, which are taken off.
    let starts: [String: Double]
    /// For each peer the geometric mean of ours divided by its time: below 1 is faster.
    let geometricMeans: [String: Double]

    /// What the figures are: `wall` or `cpu`.
    let clock: String

    private static let peers = ["starlark-rust", "starlark-go", "CPython"]

    init(starts: [String: [Double]], results: [StarlarkResult], countsCPU: Bool) {
        clock = countsCPU ? "cpu" : "wall"
        rows = results
        self.starts = starts.mapValues(\.median)
        geometricMeans = Self.peers.reduce(into: [:]) { means, peer in
            let logarithms = results.compactMap { row in row.peers[peer].map { log(row.ours / $0) } }
            means[peer] = exp(logarithms.reduce(0, +) / Double(logarithms.count))
        }
    }

    /// Prints it to standard output.
    func print(asJSON: Bool) throws {
        if asJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Swift.print(String(decoding: try encoder.encode(self), as: UTF8.self))
            return
        }
        let width = (rows.map(\.name.count) + [16]).max() ?? 0
        let heads = (["ours"] + Self.peers).map { right($0, 14) }.joined()
        Swift.print(left("seconds, \(clock), net", width) + heads + right("ratio", 8) + "  to the fastest peer")
        for row in rows {
            let figures = ([row.ours] + Self.peers.map { row.peers[$0] ?? .nan }).map { right(figure($0, 4), 14) }
                .joined()
            Swift.print(left(row.name, width) + figures + right(figure(row.ratio, 2), 8) + "  \(row.fastest)")
        }
        let means = Self.peers.map { right(figure(geometricMeans[$0] ?? .nan, 2), 14) }.joined()
        Swift.print(left("geometric mean", width) + right("", 14) + means + "  ours divided by the peer's")
        let empty = (["ours"] + Self.peers).map { right(figure(starts[$0] ?? .nan, 4), 14) }.joined()
        Swift.print(left("an empty program", width) + empty + "  taken off every figure")
    }

    private func figure(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

    private func left(_ text: String, _ width: Int) -> String {
        text.padding(toLength: max(width, text.count), withPad: " ", startingAt: 0)
    }

    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
