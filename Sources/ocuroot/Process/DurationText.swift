import ArgumentParser

/// A span of time as people write it: `90s`, `5m`, `1h30m`, `2d`, `500ms`.
struct DurationText: Sendable, Equatable {
    /// The span.
    let duration: Duration

    private static let units: [(name: String, milliseconds: Double)] = [
        ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    init(_ duration: Duration) {
        self.duration = duration
    }

    /// Reads numbers each with its unit; nil for anything else, and for what exceeds ten years.
    init?(_ text: String) {
        var rest = text[...]
        var sum = 0.0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isNumber || $0 == "." }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard let value = Double(number), let factor = Self.units.first(where: { $0.name == unit }) else {
                return nil
            }
            sum += value * factor.milliseconds
        }
        guard sum.isFinite, sum <= 10 * 366 * 86_400_000 else { return nil }
        duration = .milliseconds(Int64(sum))
    }
}

extension DurationText: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String {
        let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
        guard milliseconds % 1000 == 0 else { return "\(milliseconds)ms" }
        let seconds = milliseconds / 1000
        if seconds > 0, seconds % 86_400 == 0 { return "\(seconds / 86_400)d" }
        return seconds % 60 == 0 && seconds > 0 ? "\(seconds / 60)m" : "\(seconds)s"
    }
}
