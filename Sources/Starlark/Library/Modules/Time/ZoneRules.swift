/// The offsets of a time zone through time, as a zone file (RFC 8536) gives them.
struct ZoneRules: Sendable {
    private let transitions: [Int]
    /// For each transition what applies after it.
    private let kinds: [UInt8]
    private let states: [ZoneState]
    /// What applies after the last transition.
    private let rule: PosixZone?

    /// What applies at a moment.
    func state(at seconds: Int) -> ZoneState {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        if low == transitions.count, let rule { return rule.state(at: seconds) }
        return low == 0 ? states[0] : states[Int(kinds[low - 1])]
    }
}

extension ZoneRules {
    /// Reads a zone file; nil when it is none.
    init?(file bytes: [UInt8]) {
        var reader = ZoneFileReader(bytes)
        guard let first = reader.header() else { return nil }
        var counts = first
        if counts.version > 0 {
            reader.skip(counts.bodyBytes(timeBytes: 4))
            guard let second = reader.header() else { return nil }
            counts = second
        }
        let timeBytes = counts.version > 0 ? 8 : 4
        guard counts.types > 0, reader.has(counts.bodyBytes(timeBytes: timeBytes)) else { return nil }
        transitions = (0..<counts.times).map { _ in reader.integer(timeBytes) }
        kinds = (0..<counts.times).map { _ in UInt8(truncatingIfNeeded: reader.integer(1)) }
        let types = (0..<counts.types).map { _ in
            let offset = reader.integer(4)
            _ = reader.integer(1)
            return (offset: offset, name: reader.integer(1) & 0xFF)
        }
        let names = reader.take(counts.characters)
        states = types.map { type in
            let name = names.dropFirst(type.name).prefix { $0 != 0 }
            return ZoneState(offset: type.offset, abbreviation: String(decoding: name, as: UTF8.self))
        }
        guard kinds.allSatisfy({ Int($0) < counts.types }) else { return nil }
        reader.skip(counts.leaps * (timeBytes + 4) + counts.standard + counts.universal)
        rule = counts.version > 0 ? PosixZone(reader.footer()) : nil
    }
}
