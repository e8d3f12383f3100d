/// One line of a benchmark's result: ours and the peer's figure, both measured in the same run.
struct BenchRow: Codable {
    /// What was measured.
    let name: String
    /// Our figure, the median.
    let ours: Double
    /// The peer's figure, the median; nil when nothing comparable exists.
    let peer: Double?
    /// Ours divided by the peer's: below 1 is less than the peer.
    let ratio: Double?
    /// The unit of both figures.
    let unit: String

    /// Takes the medians of samples that were measured in turn.
    init(_ name: String, ours: [Double], peer: [Double], unit: String) {
        self.name = name
        self.ours = ours.median
        self.peer = peer.isEmpty ? nil : peer.median
        ratio = peer.isEmpty ? nil : ours.median / peer.median
        self.unit = unit
    }

    /// Writes `peer` and `ratio` as null where they are nil.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(ours, forKey: .ours)
        try container.encode(peer, forKey: .peer)
        try container.encode(ratio, forKey: .ratio)
        try container.encode(unit, forKey: .unit)
    }
}

extension [Double] {
    /// The middle value, or the mean of the two in the middle; not a number when there is none.
    var median: Double { quantile(0.5) }

    /// The value that this share of the values does not exceed, between neighbours by proportion.
    func quantile(_ share: Double) -> Double {
        guard !isEmpty else { return .nan }
        let sorted = sorted()
        let position = share * Double(count - 1)
        let below = Int(position)
        let above = Swift.min(below + 1, count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
    }
}
