/// One row: the seconds of each implementation, without those it takes to start.
struct StarlarkResult: Encodable {
    /// What was run.
    let name: String
    /// Our median.
    let ours: Double
    /// The fastest peer's median.
    let peer: Double
    /// Ours divided by the fastest peer's: below 1 is faster than all.
    let ratio: Double
    /// The unit of all figures.
    let unit = "s"
    /// The fastest peer's name.
    let fastest: String
    /// Each peer's median.
    let peers: [String: Double]

    /// Takes the medians, and off them the medians of an empty program.
    init(_ name: String, _ samples: [String: [Double]], starts: [String: [Double]]) {
        self.name = name
        // A program cannot take less than no time, but the difference of two measurements can.
        let net = samples.reduce(into: [String: Double]()) { net, entry in
            net[entry.key] = max(entry.value.median - (starts[entry.key]?.median ?? 0), 1e-4)
        }
        let ours = net["ours"] ?? .nan
        peers = net.filter { $0.key != "ours" }
        let best = peers.min { $0.value < $1.value }
        self.ours = ours
        peer = best?.value ?? .nan
        fastest = best?.key ?? ""
        ratio = ours / peer
    }
}
