import ArgumentParser

/// A number of bytes as people write it: `4096`, `64K`, `512MiB`, `2G`; units are powers of 1024.
struct ByteSize: Sendable, Equatable {
    /// How many.
    let bytes: Int

    private static let units = ["": 0, "b": 0, "k": 10, "m": 20, "g": 30, "t": 40]

    init(bytes: Int) {
        self.bytes = bytes
    }

    /// Reads a whole number and a unit; nil for anything else, and for what no machine has.
    init?(_ text: String) {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        var unit = text.dropFirst(digits.count).lowercased()
        for suffix in ["ib", "b"] where unit.count == suffix.count + 1 && unit.hasSuffix(suffix) {
            unit.removeLast(suffix.count)
            break
        }
        guard let count = Int(digits), let shift = Self.units[unit], count <= (1 << 50) >> shift else { return nil }
        bytes = count << shift
    }
}

extension ByteSize: ExpressibleByArgument {
    init?(argument: String) {
        self.init(argument)
    }

    var defaultValueDescription: String {
        for (shift, unit) in [(30, "G"), (20, "M"), (10, "K")] where bytes > 0 && bytes % (1 << shift) == 0 {
            return "\(bytes >> shift)\(unit)"
        }
        return "\(bytes)"
    }
}
